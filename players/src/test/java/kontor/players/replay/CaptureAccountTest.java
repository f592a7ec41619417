package kontor.players.replay;

import static kontor.captures.reading.CaptureBuilder.ACK;
import static kontor.captures.reading.CaptureBuilder.SYN;
import static kontor.captures.reading.CaptureBuilder.bytes;
import static kontor.captures.reading.CaptureBuilder.end;
import static kontor.captures.reading.CaptureBuilder.ethernet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureBuilder;
import kontor.captures.reading.Conversation;
import kontor.captures.reading.Dialogue;
import kontor.captures.reading.LinkType;
import kontor.captures.reading.LobbyCapture;
import kontor.captures.reading.Packets;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.LoopbackLab;
import kontor.players.replay.CaptureAccount.Fate;
import kontor.players.replay.CaptureAccount.Row;
import kontor.players.replay.Plan.Step;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.api.Test;

/** Every frame of a capture is accounted for, and what is missing is said with its place. */
class CaptureAccountTest {

    private static final PortSet PORTS = PortSet.parse("2300,2350");
    private static final Lab LAB = LoopbackLab.of(223, 2, PORTS, true);
    private static final InetSocketAddress ONE = end("10.0.0.1", 2350);
    private static final InetSocketAddress TWO = end("10.0.0.2", 2350);
    private static final InetSocketAddress STRANGER = end("10.0.0.9", 2350);
    private static final InstanceName GAME1 = new InstanceName("game1");

    @Test
    void aWholeCaptureIsPlayedAndTheAccountAddsUp() {
        CaptureAccount account = account(Dialogue.whole().capture());

        assertThat(account.complete()).isTrue();
        assertThat(account.rows())
                .containsExactly(
                        new Row(Fate.PLAYED, "begins and ends of TCP connections", "", 4, 0, 1),
                        new Row(Fate.PLAYED, "bytes of TCP streams", "", 4, 25, 4),
                        new Row(Fate.PLAYED, "datagrams", "", 2, 8, 15),
                        new Row(Fate.NOISE, "TCP without payload", "", 6, 0, 3));
        assertThat(account.frames()).isEqualTo(Dialogue.FRAMES);
    }

    @Test
    void everyFrameOfTheRealCaptureIsAccountedFor() throws Exception {
        CaptureAccount account =
                account(LobbyCapture.read(), LobbyCapture.JOINER, LobbyCapture.HOST, realLab());

        assertThat(account.frames()).isEqualTo(134);
        assertThat(account.complete()).isTrue();
        assertThat(account.rows(Fate.LEFT_OUT)).isEmpty();
        assertThat(account.rows(Fate.NOISE))
                .extracting(Row::what)
                .contains("ARP", "multicast", "TCP without payload");
        assertThat(account.rows().stream().mapToInt(Row::frames).sum()).isEqualTo(134);
    }

    @Test
    void aHoleIsSaidWithConnectionOffsetAndFrame() {
        CaptureAccount account = account(Dialogue.whole().without(Dialogue.FRAME_OF_SECOND));

        assertThat(account.complete()).isFalse();
        assertThat(account.rows(Fate.INCOMPLETE))
                .containsExactly(
                        // " third!" and the FIN.
                        new Row(
                                Fate.INCOMPLETE,
                                "behind a hole",
                                "game1:1024 to game2:2300, stream of game1: 6 bytes missing at"
                                        + " byte 6 (frame 9)",
                                2,
                                7,
                                9));
    }

    @Test
    void aHoleThatNoFrameIsBehindIsSaidToo() {
        CaptureAccount account =
                account(Dialogue.whole().without(Dialogue.FRAME_OF_THIRD, 12, 13, 14));

        assertThat(account.rows(Fate.INCOMPLETE))
                .containsExactly(
                        new Row(
                                Fate.INCOMPLETE,
                                "the stream ends at a hole",
                                "game1:1024 to game2:2300, stream of game1: 7 bytes missing at"
                                        + " byte 12 (frame 10)",
                                0,
                                0,
                                0));
    }

    @Test
    void framesThatTheCaptureCutAreIncomplete() {
        CaptureAccount account =
                account(Dialogue.in(new CaptureBuilder().cutTo(14 + 20 + 20 + 2)).capture());

        assertThat(account.complete()).isFalse();
        assertThat(account.rows(Fate.INCOMPLETE))
                .extracting(Row::what)
                .contains("cut by the capture; its first bytes are played");
        assertThat(account.frames()).isEqualTo(Dialogue.FRAMES);
    }

    @Test
    void datagramsThatTheCaptureCutAreIncomplete() {
        CaptureBuilder capture = Dialogue.whole();
        capture.cutTo(45).udp(ONE, TWO, bytes("a long one"));

        assertThat(account(capture.capture()).rows(Fate.INCOMPLETE))
                .containsExactly(
                        new Row(
                                Fate.INCOMPLETE,
                                "datagram cut by the capture",
                                "10.0.0.1 to 10.0.0.2",
                                1,
                                0,
                                17));
    }

    @Test
    void aWrongLengthAndAFragmentWithoutTheOthersAreIncomplete() {
        CaptureBuilder capture = Dialogue.whole();
        capture.udp(ONE, TWO, 99, bytes("wrong"));
        capture.fragments(ONE, TWO, bytes("0123456789abcdefghij"), 16, 0);

        assertThat(account(capture.capture()).rows(Fate.INCOMPLETE))
                .extracting(Row::what)
                .containsExactlyInAnyOrder("wrong UDP length", "fragment without the others");
    }

    @Test
    void whatIsBrokenBetweenOthersIsNoise() {
        CaptureBuilder capture = Dialogue.whole();
        capture.udp(STRANGER, end("10.0.0.8", 1), 99, bytes("wrong"));

        assertThat(account(capture.capture()).complete()).isTrue();
        assertThat(account(capture.capture()).rows(Fate.NOISE))
                .contains(new Row(Fate.NOISE, "between other machines", "", 1, 0, 17));
    }

    @Test
    void fragmentsArePlayedAsOneDatagram() {
        CaptureBuilder capture = Dialogue.whole();
        capture.fragments(ONE, TWO, bytes("0123456789abcdefghij"), 16, 1, 0);

        Planner.Planned planned = planned(capture.capture(), LAB);
        assertThat(planned.account().complete()).isTrue();
        assertThat(planned.account().rows(Fate.PLAYED))
                .contains(new Row(Fate.PLAYED, "datagrams", "", 4, 28, 15));
        assertThat(sent(planned.plan())).containsExactly("ping", "0123456789abcdefghij");
    }

    @Test
    void aMissingSynIsSaidAndTheConnectionIsPlayed() {
        Planner.Planned planned = planned(Dialogue.whole().without(Dialogue.FRAME_OF_SYN), LAB);

        assertThat(planned.account().rows(Fate.INCOMPLETE))
                .containsExactly(
                        new Row(
                                Fate.INCOMPLETE,
                                "SYN or SYN-ACK missing; played from its first byte",
                                "game1:1024 to game2:2300",
                                0,
                                0,
                                0));
        assertThat(stream(planned.plan())).isEqualTo("first second third!");
    }

    @Test
    void aConnectionBegunBeforeTheCaptureIsSaidAndPlayed() {
        Planner.Planned planned = planned(Dialogue.whole().without(1, 2, 3, 4), LAB);

        assertThat(planned.account().rows(Fate.INCOMPLETE))
                .extracting(Row::what)
                .containsExactly("begun before the capture; played from its first captured byte");
        assertThat(stream(planned.plan())).isEqualTo("second third!");
    }

    @Test
    void otherBytesSentAgainAreIncompleteWithTheirPlace() {
        CaptureBuilder capture = Dialogue.whole();
        capture.tcp(end("10.0.0.1", 1024), end("10.0.0.2", 2300), -3, 5001, ACK, bytes("SECOND"));

        assertThat(account(capture.capture()).rows(Fate.INCOMPLETE))
                .containsExactly(
                        new Row(
                                Fate.INCOMPLETE,
                                "sent again with other bytes; the first are played",
                                "game1:1024 to game2:2300, stream of game1: byte 6 (frame 17,"
                                        + " first in frame 6)",
                                1,
                                6,
                                17));
    }

    @Test
    void aDatagramToAMachineThatIsNotMappedIsLeftOutAndPlayedToNobody() {
        CaptureBuilder capture = Dialogue.whole();
        capture.udp(ONE, STRANGER, bytes("for nobody"));
        capture.udp(STRANGER, ONE, bytes("from nobody"));
        // The same as what the other game gets: content alone does not say for whom it is.
        capture.udp(ONE, STRANGER, bytes("to both"));
        capture.udp(ONE, TWO, bytes("to both"));

        Planner.Planned planned = planned(capture.capture(), LAB);
        assertThat(sent(planned.plan())).containsExactly("ping", "to both");
        assertThat(planned.account().rows(Fate.LEFT_OUT))
                .containsExactlyInAnyOrder(
                        new Row(
                                Fate.LEFT_OUT,
                                "the other end is no mapped game",
                                "game1 and 10.0.0.9, UDP",
                                2,
                                17,
                                17),
                        new Row(
                                Fate.LEFT_OUT,
                                "sent by no mapped game",
                                "game1 and 10.0.0.9, UDP",
                                1,
                                11,
                                18));
        assertThat(planned.account().complete()).isTrue();
    }

    @Test
    void aConnectionToAMachineThatIsNotMappedIsLeftOut() {
        CaptureBuilder capture = new CaptureBuilder();
        InetSocketAddress from = end("10.0.0.1", 1025);
        InetSocketAddress to = end("10.0.0.9", 2300);
        capture.tcp(from, to, 1, 0, SYN, Bytes.empty());
        capture.tcp(to, from, 1, 2, SYN | ACK, Bytes.empty());
        capture.tcp(from, to, 2, 2, ACK, bytes("elsewhere"));
        Dialogue.in(capture);

        Planner.Planned planned = planned(capture.capture(), LAB);
        assertThat(planned.plan().links()).hasSize(1);
        assertThat(stream(planned.plan())).isEqualTo("first second third!");
        assertThat(planned.account().rows(Fate.LEFT_OUT))
                .containsExactly(
                        new Row(
                                Fate.LEFT_OUT,
                                "the other end is no mapped game",
                                "game1 and 10.0.0.9, TCP",
                                3,
                                9,
                                1));
    }

    @Test
    void aBroadcastIsPlayedToAllWhereTheLabHasOne() {
        CaptureBuilder capture = Dialogue.whole();
        capture.linked(CaptureBuilder::ethernetBroadcast);
        capture.udp(ONE, end("255.255.255.255", 2350), bytes("who is there"));
        capture.udp(TWO, end("10.0.0.255", 2350), bytes("me too"));

        Planner.Planned planned = planned(capture.capture(), LAB);
        assertThat(planned.account().rows(Fate.PLAYED))
                .contains(new Row(Fate.PLAYED, "broadcasts", "", 2, 18, 17));
        assertThat(planned.plan().script(GAME1).getLast())
                .isInstanceOfSatisfying(
                        Step.Broadcast.class,
                        all -> {
                            assertThat(all.payload()).isEqualTo(bytes("who is there"));
                            assertThat(all.ways()).hasSize(1);
                            assertThat(planned.plan().datagrams(all.ways().getFirst()))
                                    .contains(bytes("who is there"));
                        });
    }

    @Test
    void aBroadcastIsLeftOutWhereTheLabHasNoneAndNoiseOnOtherPorts() {
        CaptureBuilder capture = Dialogue.whole();
        capture.udp(ONE, end("255.255.255.255", 2350), bytes("who is there"));
        capture.udp(ONE, end("255.255.255.255", 137), bytes("NetBIOS"));
        capture.udp(STRANGER, end("255.255.255.255", 2350), bytes("not mapped"));

        CaptureAccount account =
                planned(capture.capture(), LoopbackLab.of(223, 2, PORTS)).account();
        assertThat(account.rows(Fate.LEFT_OUT))
                .containsExactly(
                        new Row(
                                Fate.LEFT_OUT,
                                "a broadcast, and the lab has no broadcast address",
                                "game1 and 255.255.255.255, UDP",
                                1,
                                12,
                                17));
        assertThat(account.rows(Fate.NOISE))
                .extracting(Row::what)
                .contains(
                        "broadcast to a port that the lab does not carry",
                        "broadcast of other machines");
    }

    @Test
    void framesOfOtherKindsAreNamed() {
        CaptureBuilder capture = Dialogue.whole();
        capture.frame(ethernet(0x0806, Bytes.ofHex("00".repeat(28))));
        capture.frame(ethernet(0x86DD, Bytes.ofHex("60" + "00".repeat(39))));
        capture.on(new LinkType(105), ip -> ip).udp(ONE, TWO, bytes("by radio"));

        CaptureAccount account = account(capture.capture());
        assertThat(account.rows(Fate.NOISE)).extracting(Row::what).contains("ARP");
        assertThat(account.rows(Fate.LEFT_OUT))
                .extracting(Row::what)
                .containsExactlyInAnyOrder(
                        "IPv6 is not supported", "link type 105 (IEEE 802.11) is not supported");
        assertThat(account.frames()).isEqualTo(19);
    }

    @Test
    void aFileThatBreaksOffOrSaysThatItLostPacketsIsIncomplete() {
        Capture whole = Dialogue.whole().capture();
        Capture broken =
                new Capture(whole.interfaces(), whole.frames(), 3, 1, 5, "at byte 99: cut");

        CaptureAccount account = account(broken);
        assertThat(account.rows(Fate.INCOMPLETE))
                .extracting(Row::where)
                .containsExactly("at byte 99: cut", "5 packets");
        assertThat(account.remarks()).hasSize(2);
        assertThat(account.frames()).isEqualTo(Dialogue.FRAMES);
    }

    @Test
    void framesWithEqualTimesAreWaitedForInTheOrderOfTheFile() {
        Capture capture = Dialogue.in(new CaptureBuilder().standingClock()).capture();

        Plan plan = planned(capture, LAB).plan();
        // The opener's first bytes wait for no answer, which the file has behind them.
        Step.Write first =
                (Step.Write)
                        plan.script(GAME1).stream()
                                .filter(step -> step instanceof Step.Write)
                                .findFirst()
                                .orElseThrow();
        assertThat(first.causes()).isEmpty();
    }

    @Test
    void aCaptureWithoutTheGameSaysWhatItHasInstead() {
        assertThatThrownBy(() -> replay(new CaptureBuilder().capture()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the capture has no packets");
        Capture radio =
                new CaptureBuilder()
                        .on(new LinkType(105), ip -> ip)
                        .udp(ONE, TWO, bytes("x"))
                        .capture();
        assertThatThrownBy(() -> replay(radio))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("link type 105 (IEEE 802.11)")
                .hasMessageContaining("supported are Ethernet");
        Capture others = new CaptureBuilder().udp(STRANGER, TWO, bytes("x")).capture();
        assertThatThrownBy(() -> replay(others))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing in the capture comes from 10.0.0.1")
                .hasMessageContaining("10.0.0.9 (1)");
    }

    private static void replay(Capture capture) throws Exception {
        Replay.run(capture, map(), LAB, Speed.MAX, kontor.players.report.Progress.NONE);
    }

    private static Map<InetAddress, InstanceName> map() {
        Map<InetAddress, InstanceName> map = new LinkedHashMap<>();
        map.put(Dialogue.OPENER, GAME1);
        map.put(Dialogue.TARGET, new InstanceName("game2"));
        return map;
    }

    private static Lab realLab() {
        return LoopbackLab.of(223, 2, PortSet.parse("2300,2350,47624"));
    }

    private static CaptureAccount account(Capture capture) {
        return planned(capture, LAB).account();
    }

    private static CaptureAccount account(
            Capture capture, InetAddress one, InetAddress two, Lab lab) {
        return planned(capture, one, two, lab).account();
    }

    private static Planner.Planned planned(Capture capture, Lab lab) {
        return planned(capture, Dialogue.OPENER, Dialogue.TARGET, lab);
    }

    private static Planner.Planned planned(
            Capture capture, InetAddress one, InetAddress two, Lab lab) {
        Packets packets = Packets.of(capture);
        Map<InstanceName, Conversation> games = new LinkedHashMap<>();
        games.put(GAME1, Conversation.of(packets, one, lab.tcpPorts()::contains));
        games.put(
                new InstanceName("game2"), Conversation.of(packets, two, lab.tcpPorts()::contains));
        return Planner.plan(capture, packets, games, lab);
    }

    private static List<String> sent(Plan plan) {
        return plan.script(GAME1).stream()
                .filter(step -> step instanceof Step.Send)
                .map(step -> text(((Step.Send) step).payload()))
                .toList();
    }

    private static String stream(Plan plan) {
        return text(plan.stream(plan.links().getFirst(), GAME1));
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toByteArray(), java.nio.charset.StandardCharsets.US_ASCII);
    }
}
