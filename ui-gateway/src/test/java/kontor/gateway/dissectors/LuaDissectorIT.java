package kontor.gateway.dissectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kontor.captures.writing.EthernetFrames;
import kontor.captures.writing.PacketOptions;
import kontor.captures.writing.PacketOptions.Direction;
import kontor.captures.writing.PcapngBlocks;
import kontor.testing.programs.Programs;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Wireshark finds by the exported script. */
class LuaDissectorIT {

    private static final String IDS = "9ba49b01" + "9ea49b01";

    /** Food, inhabitants and money, as docs/protocol/x642.md has their records. */
    private static final String VALUES =
            IDS
                    + "4f08000034000000030000000c000000"
                    + "3500000014120e00be030000"
                    + "350000003112000012000000"
                    + "39ff00002c00000051240000";

    private static final String PLAYER_TABLE =
            IDS
                    + "d90700002c00000002000000"
                    + "0000000018284903"
                    + "010000001e284903"
                    + "ffffffffffffffff"
                    + "ffffffffffffffff";

    private static final String CHAT =
            IDS + "530800001c000000010000000c0000000000ff000100000048690000";

    private static final String UNKNOWN = IDS + "480800000c000000cafebabe";

    /** A record is said to be there that is not. */
    private static final String CUT_SHORT = IDS + "4f08000010000000010000000c000000";

    /** The size is not its length: not of the game. */
    private static final String OTHER = IDS + "4f08000034000000030000000c000000";

    @TempDir private Path directory;

    @BeforeEach
    void requireWireshark() {
        Programs.require("tshark");
    }

    @Test
    void wiresharkFindsTheFieldsWhereTheyAre() throws Exception {
        List<String> found =
                tshark(
                        List.of(VALUES, PLAYER_TABLE, CHAT, UNKNOWN, OTHER),
                        "x642",
                        "frame.number",
                        "x642.action",
                        "x642.count",
                        "x642.value",
                        "x642.stock",
                        "x642.inhabitants",
                        "x642.money",
                        "x642.place.number",
                        "x642.place.player",
                        "x642.chat.to",
                        "x642.chat.text",
                        "x642.body",
                        "_ws.col.Info");
        assertThat(found)
                .containsExactly(
                        "1\t0x0000084f\t3\t958,18,9297\t958\t18\t9297\t\t\t\t\t\tVALUES",
                        "2\t0x000007d9\t\t\t\t\t\t0,1,-1,-1"
                            + "\t0x03492818,0x0349281e,0xffffffff,0xffffffff\t\t\t\tPLAYERTABLE",
                        "3\t0x00000853\t1\t\t\t\t\t\t\t255\tHi\t\tCHAT",
                        "4\t0x00000848\t\t\t\t\t\t\t\t\t\tcafebabe\tACTION_0x0848");
    }

    @Test
    void aMessageThatIsShorterThanItsLayoutIsMarked() throws Exception {
        assertThat(tshark(List.of(VALUES, CUT_SHORT), "x642.malformed", "frame.number"))
                .containsExactly("2");
    }

    @Test
    void descriptionsAreDataInTheScript() {
        assertThat(LuaDissector.write(Declared.fields()))
                .contains("\"it's \\\"x642.stock\\\" \\\\ here (1/32 t), verified\"")
                .contains("[0x84f] = \"VALUES\"")
                .doesNotContain("dplay.command")
                .doesNotContain("ProtoField.uint16(\"x642.chat.from\"");
    }

    private List<String> tshark(List<String> datagrams, String filter, String... fields)
            throws Exception {
        Path script = directory.resolve("x642.lua");
        Files.writeString(script, LuaDissector.write(Declared.fields()));
        Path capture = directory.resolve("game.pcapng");
        Files.write(capture, capture(datagrams));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "tshark",
                                "-r",
                                capture.toString(),
                                "-X",
                                "lua_script:" + script,
                                "-Y",
                                filter,
                                "-T",
                                "fields"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        Path errors = directory.resolve("errors");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        assertThat(Files.readString(errors)).doesNotContain("Lua", "lua:");
        return output.lines().toList();
    }

    private static byte[] capture(List<String> datagrams) {
        InetSocketAddress one = new InetSocketAddress(InetAddress.ofLiteral("127.1.0.1"), 2350);
        InetSocketAddress other = new InetSocketAddress(InetAddress.ofLiteral("127.1.0.2"), 2350);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(PcapngBlocks.section("test", "").toByteArray());
        file.writeBytes(PcapngBlocks.describe("game1", "").toByteArray());
        for (int i = 0; i < datagrams.size(); i++) {
            Bytes frame = EthernetFrames.udp(one, other, Bytes.ofHex(datagrams.get(i)), false);
            file.writeBytes(
                    PcapngBlocks.packet(
                                    0,
                                    1_000_000L * i,
                                    frame,
                                    PacketOptions.of(Direction.OUTBOUND, i + 1))
                            .toByteArray());
        }
        return file.toByteArray();
    }
}
