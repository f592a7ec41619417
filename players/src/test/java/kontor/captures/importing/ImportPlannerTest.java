package kontor.captures.importing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kontor.captures.importing.ImportAccount.Fate;
import kontor.captures.importing.ImportAccount.Row;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureBuilder;
import kontor.captures.reading.CaptureException;
import kontor.captures.reading.CaptureFile;
import kontor.captures.reading.Dialogue;
import kontor.captures.reading.LobbyCapture;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

class ImportPlannerTest {

    private static final Map<InetAddress, String> GAMES =
            Map.of(Dialogue.OPENER, "game1", Dialogue.TARGET, "game2");

    private static CaptureImport plan(Capture capture) {
        return ImportPlanner.plan(capture, GAMES);
    }

    private static String written(CaptureImport planned, String instance) {
        return planned.deeds().stream()
                .filter(deed -> deed.instance().equals(instance))
                .filter(ImportedDeed.Wrote.class::isInstance)
                .map(deed ->
                        new String(((ImportedDeed.Wrote) deed).payload().toByteArray(), US_ASCII))
                .collect(Collectors.joining());
    }

    private static List<String> kinds(CaptureImport planned) {
        return planned.deeds().stream()
                .map(deed -> deed.getClass().getSimpleName() + " " + deed.instance())
                .toList();
    }

    private static List<String> incomplete(CaptureImport planned) {
        return planned.account().rows().stream()
                .filter(row -> row.fate() == Fate.INCOMPLETE)
                .map(Row::what)
                .toList();
    }

    @Test
    void tellsEachConnectionAndDatagramOnce() {
        CaptureImport planned = plan(Dialogue.whole().capture());

        assertThat(kinds(planned))
                .containsExactly(
                        "Opened game1",
                        "Accepted game2",
                        "Wrote game1",
                        "Wrote game1",
                        "Wrote game2",
                        "Wrote game1",
                        "Finished game1",
                        "Finished game2",
                        "Sent game1",
                        "Sent game2");
        assertThat(written(planned, "game1")).isEqualTo("first second third!");
        assertThat(written(planned, "game2")).isEqualTo("answer");
        assertThat(planned.account().complete()).isTrue();
        assertThat(planned.account().frames()).isEqualTo(Dialogue.FRAMES);
    }

    @Test
    void callsMachinesWithoutANameAfterTheirAddresses() {
        CaptureImport planned = ImportPlanner.plan(Dialogue.whole().capture(), Map.of());

        assertThat(planned.instances())
                .extracting(ImportedInstance::name)
                .containsExactly("host-10-0-0-1", "host-10-0-0-2");
        assertThat(planned.instances().getFirst().peers())
                .containsEntry("host-10-0-0-2", Dialogue.TARGET);
    }

    @Test
    void tellsOfAHoleWithItsPlace() {
        CaptureImport planned = plan(Dialogue.whole().without(Dialogue.FRAME_OF_SECOND));

        assertThat(written(planned, "game1")).isEqualTo("first ");
        assertThat(incomplete(planned))
                .anyMatch(what ->
                        what.startsWith(
                                "behind a hole: 10.0.0.1:1024 to 10.0.0.2:2300, stream of 10.0.0.1:"
                                        + " 6 bytes missing at byte 6"));
        assertThat(planned.account().complete()).isFalse();
    }

    @Test
    void tellsThatAConnectionWasBegunBefore() {
        CaptureImport planned =
                plan(Dialogue.whole().without(Dialogue.FRAME_OF_SYN, Dialogue.FRAME_OF_SYN_ACK));

        assertThat(written(planned, "game1")).isEqualTo("first second third!");
        assertThat(incomplete(planned)).anyMatch(what -> what.startsWith("begun before"));
    }

    @Test
    void tellsOfFramesThatTheCaptureCut() {
        CaptureImport planned = plan(Dialogue.in(new CaptureBuilder().cutTo(58)).capture());

        assertThat(incomplete(planned)).anyMatch(what -> what.startsWith("cut by the capture"));
    }

    @Test
    void tellsOfSimplePacketBlocks() throws CaptureException {
        CaptureImport planned = plan(CaptureFile.parse(Dialogue.whole().pcapng(true)));

        assertThat(written(planned, "game1")).isEqualTo("first second third!");
        assertThat(planned.account().remarks())
                .anyMatch(remark -> remark.startsWith("16 frames are in simple packet blocks"));
    }

    @Test
    void tellsOfBytesThatOverlapWithOthers() {
        CaptureBuilder capture = Dialogue.whole();
        capture.tcp(
                CaptureBuilder.end("10.0.0.1", 1024),
                CaptureBuilder.end("10.0.0.2", 2300),
                -9,
                5001,
                CaptureBuilder.ACK,
                CaptureBuilder.bytes("FIRST "));

        assertThat(incomplete(plan(capture.capture())))
                .anyMatch(what -> what.startsWith("overlap with other bytes"));
    }

    @Test
    void hasEveryFrameOfTheRealCaptureInItsAccount() throws Exception {
        Capture capture = LobbyCapture.read();

        CaptureImport planned = ImportPlanner.plan(capture, Map.of());

        assertThat(planned.account().frames()).isEqualTo(134);
        assertThat(planned.account().complete()).isTrue();
        long bytes =
                planned.deeds().stream()
                        .mapToLong(deed ->
                                switch (deed) {
                                    case ImportedDeed.Wrote wrote -> wrote.payload().length();
                                    case ImportedDeed.Sent sent -> sent.payload().length();
                                    case ImportedDeed.Opened _,
                                            ImportedDeed.Accepted _,
                                            ImportedDeed.Refused _,
                                            ImportedDeed.Finished _,
                                            ImportedDeed.Reset _ ->
                                            0;
                                })
                        .sum();
        assertThat(bytes).isGreaterThan(3_000);
        assertThat(planned.instances())
                .extracting(ImportedInstance::name)
                .contains("host-10-20-0-2", "host-10-30-0-2");
    }

    @Test
    void neverFailsWhateverTheFramesAre() {
        java.util.Random random = new java.util.Random(1602);
        for (int i = 0; i < 2_000; i++) {
            Bytes file = Dialogue.whole().pcapng(false);
            byte[] spoilt = file.toByteArray();
            for (int n = 0; n < 1 + random.nextInt(8); n++) {
                spoilt[64 + random.nextInt(spoilt.length - 64)] = (byte) random.nextInt();
            }
            try {
                Capture capture = CaptureFile.parse(Bytes.owning(spoilt));
                CaptureImport planned = ImportPlanner.plan(capture, GAMES);
                assertThat(planned.account().frames()).isEqualTo(capture.frames().size());
            } catch (CaptureException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
