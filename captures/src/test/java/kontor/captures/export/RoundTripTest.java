package kontor.captures.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kontor.captures.export.RecordedEvent.Range;
import kontor.captures.importing.CaptureImport;
import kontor.captures.importing.ImportPlanner;
import kontor.captures.importing.ImportedDeed;
import kontor.captures.reading.CaptureException;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

/** An export that is imported is what it was. */
class RoundTripTest {

    private static final RecordedFlow BACK =
            Recorded.flow(
                    3,
                    true,
                    "game2",
                    Recorded.end("127.2.0.2", 40_000),
                    "game1",
                    Recorded.end("127.2.0.1", 2300));

    private static Bytes bytes(String text) {
        return Bytes.owning(text.getBytes(US_ASCII));
    }

    private static List<String> told(CaptureImport planned) {
        return planned.deeds().stream().map(RoundTripTest::text).toList();
    }

    private static String text(ImportedDeed deed) {
        return switch (deed) {
            case ImportedDeed.Opened d ->
                    "%s opened %d to %s".formatted(d.instance(), d.flow(), d.destination());
            case ImportedDeed.Accepted d -> "%s accepted %d".formatted(d.instance(), d.flow());
            case ImportedDeed.Refused d -> "%s refused %d".formatted(d.instance(), d.flow());
            case ImportedDeed.Wrote d ->
                    "%s wrote %s at %d of %d"
                            .formatted(d.instance(), text(d.payload()), d.offset(), d.flow());
            case ImportedDeed.Finished d ->
                    "%s finished %d at %d".formatted(d.instance(), d.flow(), d.length());
            case ImportedDeed.Reset d ->
                    "%s reset %d at %d".formatted(d.instance(), d.flow(), d.length());
            case ImportedDeed.Sent d -> "%s sent %s".formatted(d.instance(), text(d.payload()));
        };
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toByteArray(), US_ASCII);
    }

    @Test
    void givesTheSameInstancesFlowsBytesAndDatagrams() throws CaptureException {
        Recorded recorded =
                new Recorded()
                        .opened(Recorded.tcp(1))
                        .wrote(Recorded.tcp(1), true, bytes("hello"), new Range(0, 5))
                        .sent(Recorded.udp(2), true, bytes("ping"))
                        .sent(Recorded.udp(2), false, bytes("pong"))
                        .opened(BACK)
                        .wrote(Recorded.tcp(1), false, bytes("you"), new Range(0, 3))
                        .wrote(BACK, true, bytes("back"), new Range(0, 4))
                        .wrote(BACK, false, bytes("again"), new Range(0, 5))
                        .said("flow_half_closed", Recorded.tcp(1), true)
                        .said("flow_half_closed", Recorded.tcp(1), false)
                        .said("flow_reset", BACK, false);

        CaptureImport planned = ImportPlanner.plan(recorded.capture(), Map.of());

        assertThat(told(planned))
                .containsExactly(
                        "game1 opened 1 to /127.1.0.2:2300",
                        "game2 accepted 1",
                        "game1 wrote hello at 0 of 1",
                        "game1 sent ping",
                        "game2 sent pong",
                        "game2 opened 2 to /127.2.0.1:2300",
                        "game1 accepted 2",
                        "game2 wrote you at 0 of 1",
                        "game2 wrote back at 0 of 2",
                        "game1 wrote again at 0 of 2",
                        "game1 finished 1 at 5",
                        "game2 finished 1 at 3",
                        "game1 reset 2 at 5");
        assertThat(planned.account().complete()).isTrue();
    }

    @Test
    void doesSoWhereAllNetworksHaveTheSameAddresses() throws CaptureException {
        InstanceNetwork network =
                new InstanceNetwork("game1", Map.of("game1", "10.0.0.1", "game2", "10.0.0.2"));
        InstanceNetwork other = new InstanceNetwork("game2", network.addresses());
        RecordedFlow there =
                Recorded.flow(
                        1,
                        true,
                        "game2",
                        Recorded.end("10.0.0.2", 1024),
                        "game1",
                        Recorded.end("10.0.0.1", 2300));
        RecordedFlow back =
                Recorded.flow(
                        2,
                        true,
                        "game1",
                        Recorded.end("10.0.0.1", 1024),
                        "game2",
                        Recorded.end("10.0.0.2", 2300));
        Recorded recorded =
                new Recorded()
                        .in(network, other)
                        .opened(there)
                        .wrote(there, false, bytes("a"), new Range(0, 1))
                        .opened(back)
                        .wrote(back, true, bytes("b"), new Range(0, 1));

        CaptureImport planned = ImportPlanner.plan(recorded.capture(), Map.of());

        assertThat(told(planned))
                .containsExactly(
                        "game2 opened 1 to /10.0.0.1:2300",
                        "game1 accepted 1",
                        "game1 wrote a at 0 of 1",
                        "game1 opened 2 to /10.0.0.2:2300",
                        "game2 accepted 2",
                        "game1 wrote b at 0 of 2");
    }
}
