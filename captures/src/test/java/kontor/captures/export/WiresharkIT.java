package kontor.captures.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.captures.export.RecordedEvent.Range;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureFile;
import kontor.captures.reading.Conversation;
import kontor.captures.reading.Deed;
import kontor.captures.reading.Packets;
import kontor.testing.programs.Programs;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Wireshark makes of our captures. */
class WiresharkIT {

    private static final int HEADER = 28;
    private static final int MAGIC_AT = 20;
    private static final int COMMAND_AT = 24;

    /** As ours finds them. */
    private final List<String> commands = new ArrayList<>();

    @BeforeEach
    void requireWireshark() {
        Programs.require("tshark", "capinfos");
    }

    @Test
    void findsOurCommandsInTheExampleAndNothingToComplainAbout() throws Exception {
        Path file =
                Path.of(System.getProperty("kontor.examples", "../examples"), "three-games.pcapng");
        check(file, Map.of("127.1.0.1", "game1", "127.2.0.2", "game2", "127.3.0.3", "game3"));
        assertThat(commands).hasSizeGreaterThan(40);
    }

    @Test
    void findsOurCommandsInTheRealCaptureAndNothingToComplainAbout() throws Exception {
        Path file =
                Path.of(
                        System.getProperty("kontor.shared", "../shared"),
                        "captures",
                        "anno1602-lobby-2023-04-26.pcapng");
        assumeTrue(Boolean.getBoolean("kontor.shared.required") || Files.exists(file));
        check(file, Map.of("10.20.0.2", "game1", "10.30.0.2", "game2"));
        assertThat(commands).hasSize(23);
    }

    private void check(Path file, Map<String, String> games) throws Exception {
        Recorded recorded = session(CaptureFile.read(file), games);
        Tshark tshark = new Tshark(recorded.file());

        assertThat(tshark.complaints()).isEmpty();
        assertThat(tshark.fields("dplay", "dplay.command")).isEqualTo(commands);
        assertThat(tshark.capinfos()).anyMatch(line -> line.contains("File type:"));
        assertThat(tshark.fields("frame", "frame.interface_name")).containsAll(games.values());
        assertThat(tshark.fields("dplay && !frame.packet_id", "frame.number")).isEmpty();
    }

    @Test
    void followsAStreamOfBothDirectionsWithWrapsAndLongMessages() {
        Bytes large = Bytes.owning(new byte[200_000]);
        Recorded recorded = new Recorded().opened(Recorded.tcp(1));
        for (int i = 0; i < 20; i++) {
            recorded.wrote(Recorded.tcp(1), true, large, new Range(0, large.length()));
        }
        recorded.wrote(Recorded.tcp(1), false, Bytes.ofHex("c0ffee"), new Range(0, 3));
        recorded.said("flow_half_closed", Recorded.tcp(1), false);
        recorded.said("flow_half_closed", Recorded.tcp(1), true);
        recorded.opened(Recorded.tcp(2)).said("flow_refused", Recorded.tcp(2), false);
        Tshark tshark = new Tshark(recorded.file());

        assertThat(
                        tshark.fields(
                                "tcp.analysis.retransmission || tcp.analysis.lost_segment"
                                        + " || _ws.malformed || tcp.checksum.status == 0",
                                "frame.number"))
                .isEmpty();
        String followed = String.join("\n", tshark.follow("tcp", 0));
        assertThat(followed).contains("c0ffee");
        assertThat(followed.chars().filter(c -> c == '0').count()).isGreaterThan(8_000_000);
        assertThat(tshark.fields("tcp.flags.fin == 1", "tcp.stream")).containsExactly("0", "0");
        assertThat(tshark.fields("tcp.flags.reset == 1", "tcp.stream")).containsExactly("1");
    }

    @Test
    void showsDirectionSequenceVerdictAndNotes() {
        Recorded recorded =
                new Recorded()
                        .noted("marker: built a fisher's hut")
                        .sent(Recorded.udp(1), true, Bytes.ofHex("01"))
                        .event(
                                "datagram",
                                Recorded.udp(1),
                                false,
                                "dropped",
                                "by rule 3",
                                -1,
                                Bytes.ofHex("02"),
                                null,
                                List.of());
        Tshark tshark = new Tshark(recorded.file());

        assertThat(
                        tshark.fields(
                                "frame",
                                "frame.interface_name",
                                "frame.packet_flags_direction",
                                "frame.packet_id",
                                "frame.comment"))
                .containsExactly(
                        "game1\t0x00000002\t1\tmarker: built a fisher's hut",
                        "game1\t0x00000001\t2\tdropped: by rule 3");
        assertThat(tshark.fields("frame.verdict.ebpf_tc == 2", "frame.number"))
                .containsExactly("2");
    }

    /** What the openers' networks saw, as a session. */
    private Recorded session(Capture capture, Map<String, String> games) {
        Packets packets = Packets.of(capture);
        record Timed(Deed deed, RecordedFlow flow, boolean fromOpener) {}
        List<Timed> timeline = new ArrayList<>();
        Map<String, RecordedFlow> flows = new LinkedHashMap<>();
        games.forEach((address, game) -> {
            InetAddress own = InetAddress.ofLiteral(address);
            Conversation conversation = Conversation.of(packets, own);
            for (boolean byGame : new boolean[] {true, false}) {
                for (Deed deed : byGame ? conversation.own() : conversation.peers()) {
                    switch (deed) {
                        case Deed.Datagram sent -> {
                            if (byGame) {
                                String name = game + sent.gamePort() + sent.peer();
                                RecordedFlow flow =
                                        flows.computeIfAbsent(
                                                name,
                                                _ ->
                                                        Recorded.flow(
                                                                flows.size() + 1,
                                                                false,
                                                                game,
                                                                Recorded.end(
                                                                        address, sent.gamePort()),
                                                                "other",
                                                                sent.peer()));
                                timeline.add(new Timed(deed, flow, true));
                            }
                        }
                        case Deed.InConnection inside -> {
                            var connection = conversation.connections().get(inside.connection());
                            if (connection.openedByGame()) {
                                RecordedFlow flow =
                                        flows.computeIfAbsent(
                                                game + "/" + connection.number(),
                                                _ ->
                                                        Recorded.flow(
                                                                flows.size() + 1,
                                                                true,
                                                                game,
                                                                Recorded.end(
                                                                        address,
                                                                        connection.gamePort()),
                                                                "other",
                                                                connection.peer()));
                                timeline.add(new Timed(deed, flow, byGame));
                            }
                        }
                    }
                }
            }
        });
        timeline.sort(Comparator.comparingLong(timed -> timed.deed.atNanos()));
        Recorded recorded = new Recorded();
        Map<String, Bytes> pending = new LinkedHashMap<>();
        for (Timed timed : timeline) {
            RecordedFlow flow = timed.flow;
            switch (timed.deed) {
                case Deed.Opened _ -> recorded.opened(flow);
                case Deed.Accepted _ -> recorded.said("flow_accepted", flow, false);
                case Deed.Refused _ -> recorded.said("flow_refused", flow, false);
                case Deed.Finished _ -> recorded.said("flow_half_closed", flow, timed.fromOpener);
                case Deed.Reset _ -> recorded.said("flow_reset", flow, timed.fromOpener);
                case Deed.Datagram sent -> {
                    recorded.sent(flow, true, sent.payload());
                    if (isMessage(sent.payload())) {
                        commands.add(command(sent.payload()));
                    }
                }
                case Deed.Wrote wrote -> {
                    String key = flow.number() + " " + timed.fromOpener;
                    Bytes before = pending.getOrDefault(key, Bytes.empty());
                    Bytes all = before.plus(wrote.payload());
                    List<Range> ranges = new ArrayList<>();
                    while (all.length() >= HEADER && size(all) <= all.length()) {
                        int end = wrote.payload().length() - (all.length() - size(all));
                        ranges.add(new Range(Math.max(0, end - size(all)), end));
                        commands.add(command(all));
                        all = all.from(size(all));
                    }
                    pending.put(key, all);
                    recorded.wrote(
                            flow, timed.fromOpener, wrote.payload(), ranges.toArray(Range[]::new));
                }
            }
        }
        return recorded;
    }

    private static boolean isMessage(Bytes payload) {
        return payload.length() >= HEADER
                && new String(payload.slice(MAGIC_AT, 4).toByteArray(), US_ASCII).equals("play");
    }

    private static int size(Bytes message) {
        return message.asLittleEndianBuffer().getInt(0) & 0xFFFFF;
    }

    private static String command(Bytes message) {
        short command = message.asLittleEndianBuffer().getShort(COMMAND_AT);
        return "0x" + HexFormat.of().toHexDigits(command);
    }
}
