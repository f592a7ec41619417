package kontor.players.replay;

import static kontor.captures.reading.CaptureBuilder.ACK;
import static kontor.captures.reading.CaptureBuilder.bytes;
import static kontor.captures.reading.CaptureBuilder.end;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureBuilder;
import kontor.captures.reading.CaptureFile;
import kontor.captures.reading.Dialogue;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.LoopbackLab;
import kontor.players.report.Progress;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures that lack something, played over real sockets: the lab is never blamed for it. */
class IncompleteCaptureIT {

    private static final Lab LAB = LoopbackLab.of(224, 2, PortSet.parse("2300,2350"), true);
    private static final InetSocketAddress ONE = end("10.0.0.1", 2350);
    private static final InetSocketAddress TWO = end("10.0.0.2", 2350);
    private static final InetSocketAddress CLIENT = end("10.0.0.1", 1024);
    private static final InetSocketAddress SERVER = end("10.0.0.2", 2300);

    /** The bytes of the opener's 19 and the answer's 6 that are played, and of all datagrams. */
    record Expected(boolean complete, int streamBytes, int datagrams, String summary) {}

    static Stream<Arguments> captures() throws Exception {
        List<Integer> synAckFirst =
                new ArrayList<>(IntStream.rangeClosed(1, Dialogue.FRAMES).boxed().toList());
        Collections.swap(synAckFirst, 0, 1);
        return Stream.of(
                complete("whole", Dialogue.whole().capture(), 25, 2),
                complete("SYN-ACK before SYN", Dialogue.whole().reordered(synAckFirst), 25, 2),
                complete(
                        "equal times",
                        Dialogue.in(new CaptureBuilder().standingClock()).capture(),
                        25,
                        2),
                complete(
                        "simple packet blocks",
                        CaptureFile.parse(Dialogue.whole().pcapng(true)),
                        25,
                        2),
                complete("fragments", fragments(), 25, 3),
                complete("broadcasts", broadcasts(), 25, 4),
                incomplete("a hole", Dialogue.whole().without(Dialogue.FRAME_OF_SECOND), 12, 2),
                incomplete("SYN missing", Dialogue.whole().without(1), 25, 2),
                incomplete("SYN-ACK missing", Dialogue.whole().without(2), 25, 2),
                incomplete("handshake missing", Dialogue.whole().without(1, 2, 3), 25, 2),
                incomplete(
                        "cut frames",
                        Dialogue.in(new CaptureBuilder().cutTo(14 + 40 + 4)).capture(),
                        8,
                        2),
                incomplete("other bytes again", otherBytes(), 25, 2),
                incomplete("wrong UDP length", wrongLength(), 25, 2),
                incomplete("breaks off", breaksOff(), 25, 1),
                Arguments.of(
                        "a machine that is not mapped",
                        notMapped(),
                        new Expected(
                                true,
                                25,
                                2,
                                "Every byte that was played arrived, in order, once (1 frames of"
                                        + " the games were left out)")));
    }

    private static Arguments complete(String name, Capture capture, int bytes, int datagrams) {
        return Arguments.of(
                name,
                capture,
                new Expected(true, bytes, datagrams, "Every byte arrived, in order, once:"));
    }

    private static Arguments incomplete(String name, Capture capture, int bytes, int datagrams) {
        return Arguments.of(
                name,
                capture,
                new Expected(
                        false,
                        bytes,
                        datagrams,
                        "Every byte that was played arrived, in order, once, but the capture is"
                                + " INCOMPLETE:"));
    }

    private static Capture fragments() {
        return Dialogue.whole()
                .fragments(ONE, TWO, bytes("0123456789abcdefghij"), 16, 1, 0)
                .capture();
    }

    private static Capture broadcasts() {
        return Dialogue.whole()
                .linked(CaptureBuilder::ethernetBroadcast)
                .udp(ONE, end("255.255.255.255", 2350), bytes("who is there"))
                .udp(TWO, end("10.0.0.255", 2300), bytes("me too"))
                .capture();
    }

    private static Capture otherBytes() {
        return Dialogue.whole().tcp(CLIENT, SERVER, -3, 5001, ACK, bytes("SECOND")).capture();
    }

    private static Capture wrongLength() {
        return Dialogue.whole().udp(ONE, TWO, 99, bytes("wrong")).capture();
    }

    private static Capture breaksOff() throws Exception {
        Bytes file = Dialogue.whole().pcapng(false);
        return CaptureFile.parse(file.slice(0, file.length() - 10));
    }

    private static Capture notMapped() {
        return Dialogue.whole().udp(ONE, end("10.0.0.9", 2350), bytes("for nobody")).capture();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captures")
    void whatIsThereIsPlayedAndWhatIsNotIsSaid(String name, Capture capture, Expected expected)
            throws Exception {
        Map<java.net.InetAddress, InstanceName> games = new LinkedHashMap<>();
        games.put(Dialogue.OPENER, new InstanceName("game1"));
        games.put(Dialogue.TARGET, new InstanceName("game2"));
        ReplayReport report;
        try (DirectLab lab = DirectLab.start(LAB)) {
            assertThat(lab).isNotNull();
            report =
                    Replay.run(
                            capture, games, LAB, Speed.MAX, Progress.NONE, Duration.ofSeconds(10));
        }

        assertThat(report.passed()).as(name + "\n" + report.toText()).isTrue();
        assertThat(report.complete()).as(report.toText()).isEqualTo(expected.complete);
        assertThat(report.summary()).startsWith(expected.summary);
        assertThat(report.connections()).hasSize(1);
        ReplayReport.Connection played = report.connections().getFirst();
        assertThat(
                        played.toTarget().bytes().receivedBytes()
                                + played.toOpener().bytes().receivedBytes())
                .isEqualTo(expected.streamBytes);
        assertThat(report.datagrams().stream().mapToInt(d -> d.check().received()).sum())
                .isEqualTo(expected.datagrams);
        assertThat(report.capture().frames()).isEqualTo(capture.frames().size());
    }
}
