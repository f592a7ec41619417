package kontor.analysis.directplay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import kontor.analysis.TreeInvariants;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.x642.X642;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts that no capture has, made up after docs/protocol/directplay4.md; and hostile ones. */
class LayoutsTest {

    private static final DirectPlay DIRECT_PLAY = new DirectPlay(new X642(), 300);

    private static final String GUID = "000102030405060708090a0b0c0d0e0f";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
"""
04 | ''                                          | ENUMPLAYER
06 | 08000000                                    | REQUESTGROUPID
0f | 00000000 18284903 02000000 18000000 abcd    | PLAYERDATACHANGED 0x03492818, 2 bytes
10 | 00000000 18284903 18000000 1c000000 41000000 42000000 | PLAYERNAMECHANGED 0x03492818 "A" "B"
11 | 00000000 1d284903 00000000 00000000         | GROUPDATACHANGED 0x0349281D, 0 bytes
12 | 00000000 1d284903 18000000 00000000 41000000 | GROUPNAMECHANGED 0x0349281D "A"
18 | ''                                          | YOUAREDEAD
1c | 18284903 02000000 14000000 abcd             | CHALLENGE from 0x03492818
1d | 02000000 10000000 abcd                      | ACCESSGRANTED
1f | 4a017788                                    | AUTHERROR no more players
24 | 4a017788                                    | ADDFORWARDREPLY no more players
27 | 00000000 01000000 02000000 00000000 00000000 | ADDSHORTCUTTOGROUP 0x00000001 in 0x00000002
2b | 01000000 02000000 03000000 04000000 abcd    | KEYEXCHANGE
2d | 18284903 00000000 00000000 18000000 410042000000 | CHAT 0x03492818 to all "AB"
2f | 18284903                                    | ADDFORWARDACK 0x03492818
36 | 18284903 1d284903 abcdef                    | VOICE 0x03492818 to 0x0349281D, 3 bytes
19 | 1e284903 1d284903 abcd                      | PLAYERWRAPPER PLAYERMESSAGE 0x0349281E to 0x0349281D, 2 bytes
14 | abcd                                        | COMMAND_0x0014 2 bytes
""")
    void isReadAsDescribed(String command, String body, String summary) {
        Dissection found = message(command, body.replace(" ", ""));
        assertThat(found.summary()).isEqualTo(summary);
        assertThat(found.problem()).isEmpty();
    }

    @Test
    void aFragmentIsReadAsDescribed() {
        String words = "01000000" + "04000000" + "00000000" + "02000000" + "08000000" + "30000000";
        for (String command : new String[] {"15", "30"}) {
            Dissection found = message(command, GUID + words + "aabbccdd");
            assertThat(found.problem()).isEmpty();
            assertThat(found.summary()).endsWith("piece 1 of 2: bytes 0+4 of 8");
            assertThat(found.first("dplay.message.guid").orElseThrow().display())
                    .isEqualTo("{03020100-0504-0706-0809-0A0B0C0D0E0F}");
            assertThat(found.first("dplay.type_15.data").orElseThrow().display())
                    .isEqualTo("aabbccdd");
        }
        assertThat(message("31", GUID + "01000000").summary()).isEqualTo("PACKET2_ACK piece 1");
    }

    @Test
    void aNewHostTellsItsAddresses() {
        String addresses =
                "020008fc7f010002" + "00".repeat(8) + "0200092e7f010003" + "00".repeat(8);
        Dissection found =
                message("35", "00000000" + "1c284903" + "00000000" + "20000000" + addresses);
        assertThat(found.problem()).isEmpty();
        assertThat(found.first("dplay.type_35.sp_data").orElseThrow().display())
                .isEqualTo("TCP 127.1.0.2:2300, UDP 127.1.0.3:2350");
    }

    @Test
    void aMessageWithinAMessageIsReadWithNamesOfItsOwn() {
        String ping = "706c6179" + "1600" + "0e00" + "1c284903" + "2a000000";
        Dissection found = message("25", "1d284903" + "1e284903" + "14000000" + ping);
        assertThat(found.problem()).isEmpty();
        assertThat(found.summary())
                .isEqualTo("ASK4MULTICAST 0x0349281E to 0x0349281D: PING 0x0349281C tick 42");
        assertThat(found.all("dplay.command")).hasSize(1);
        assertThat(found.first("dplay.command_2").orElseThrow().value())
                .isEqualTo(new FieldValue.Numeric(0x16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2c00b0fa020008fc000000000000000000000000"})
    void aSignedMessageIsReadWithAndWithoutItsHeader(String header) {
        String ping = header + "706c6179" + "1600" + "0e00" + "1c284903" + "2a000000";
        int length = ping.length() / 2;
        String words = "1c284903" + "20000000" + "%02x000000".formatted(length);
        Dissection found =
                message("22", words + "04000000" + "00000000" + "00000000" + ping + "aabbccdd");
        assertThat(found.problem()).isEmpty();
        assertThat(found.summary()).isEqualTo("SIGNED from 0x0349281C: PING 0x0349281C tick 42");
        assertThat(found.first("dplay.type_22.signature").orElseThrow().display())
                .isEqualTo("aabbccdd");
    }

    @ParameterizedTest
    @CsvSource({"25, ASK4MULTICAST", "26, ASK4MULTICASTGUARANTEED", "37, MULTICASTDELIVERY"})
    void aPlayerMessageIsHeldByMulticastsToo(String command, String name) {
        String held = "1e2849031d284903" + "d1070000" + "08000000";
        Dissection found = message(command, "1d284903" + "1e284903" + "14000000" + held);
        assertThat(found.problem()).isEmpty();
        assertThat(found.summary()).isEqualTo(name + " 0x0349281E to 0x0349281D: DEFOCUS");
    }

    @Test
    void messagesInMessagesInMessagesStopSomewhere() {
        String nested = "";
        for (int i = 0; i < 50; i++) {
            nested = "706c6179" + "2500" + "0e00" + "00".repeat(8) + "14000000" + nested;
        }
        assertThat(message("25", "00".repeat(8) + "14000000" + nested).type())
                .isEqualTo("ASK4MULTICAST");
    }

    @Test
    void aFieldOfBitsSaysWhichBitsOfItsBytesAreItsOwn() {
        Dissection found = message("16", "1c284903" + "2a000000");
        assertThat(found.first("dplay.size").orElseThrow().bits())
                .isEqualTo(Bytes.ofHex("ffff0f00"));
        assertThat(found.first("dplay.token").orElseThrow().bits())
                .isEqualTo(Bytes.ofHex("0000f0ff"));
        assertThat(found.first("dplay.command").orElseThrow().bits()).isEqualTo(Bytes.empty());
    }

    @Test
    void a8BitNameIsShownToo() {
        Dissection found =
                message(
                        "10",
                        "00000000" + "18284903" + "18000000" + "00000000" + "506c61796572310000");
        assertThat(found.first("dplay.type_10.short_name").orElseThrow().display())
                .isEqualTo("Player1");
    }

    @Test
    void offsetsThatOverlapOrLeadOutsideAreProblemsAndNoMore() {
        String name = "00000000" + "18284903";
        assertThat(message("10", name + "08000000" + "00000000").problem().orElseThrow())
                .contains("overlaps");
        assertThat(message("10", name + "ffffffff" + "00000000").problem().orElseThrow())
                .contains("outside");
        assertThat(message("0f", name + "ffffffff" + "18000000").problem().orElseThrow())
                .contains("needs 4294967295 bytes");
    }

    @Test
    void hugeCountsEndWithTheMessageOrTheLimit() {
        String head = "ffffffff".repeat(2) + "60000000" + "00000000" + "24000000";
        Dissection found =
                message("29", head + "00000000".repeat(2) + "00".repeat(80) + "00".repeat(20_000));
        assertThat(found.problem()).isPresent();
        long fields = found.fields().stream().flatMap(f -> f.flatten()).count();
        assertThat(fields).isLessThan(6000);
    }

    @Test
    void everyAssignedCommandHasANameAndALayoutThatEndsWithItsBytes() {
        long named =
                IntStream.rangeClosed(0, 0x40)
                        .filter(code -> Commands.find(code).isPresent())
                        .peek(code -> message("%02x".formatted(code), ""))
                        .peek(code -> message("%02x".formatted(code), "ff".repeat(77)))
                        .count();
        assertThat(named).isEqualTo(49);
    }

    private static Dissection message(String command, String body) {
        int size = 28 + body.length() / 2;
        int word = 0xFAB << 20 | size;
        Bytes message =
                Bytes.ofHex(
                        "%08x".formatted(Integer.reverseBytes(word))
                                + "020008fc000000000000000000000000"
                                + "706c6179"
                                + command
                                + "000e00"
                                + body);
        Dissection found = DIRECT_PLAY.onStream(message, PlayerIds.unknown());
        TreeInvariants.check(found.fields(), message.length());
        return found;
    }
}
