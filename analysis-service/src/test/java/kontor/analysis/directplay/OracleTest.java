package kontor.analysis.directplay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kontor.analysis.Captures;
import kontor.analysis.Captures.Frame;
import kontor.analysis.TreeInvariants;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.x642.X642;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our fields against Wireshark's, name by name and value by value, on a real lobby; and against the
 * bytes where Wireshark is known to be wrong.
 */
class OracleTest {

    private static final DirectPlay DIRECT_PLAY = new DirectPlay(new X642(), 4000);

    /** Where the README of the captures says that tshark is wrong, or where it has no field. */
    private static final Set<String> NOT_TAKEN_OVER =
            Set.of(
                    "dplay.flags.can_join",
                    "dplay.type_05.flags.local",
                    "dplay.type_05.flags.unknown",
                    "dplay.multi.password");

    /** Fields that tshark shows as bytes in the order of the wire. */
    private static final Set<String> AS_BYTES =
            Set.of(
                    "dplay.multi.group_id",
                    "dplay.multi.id_to",
                    "dplay.multi.player_id",
                    "dplay.ping.id_from",
                    "dplay.pp.id",
                    "dplay.pp.sp_data",
                    "dplay.pp.sysplayer_id",
                    "dplay.pp.unknown_1",
                    "dplay.saddr.padding",
                    "dplay.sd.capi",
                    "dplay.sd.sspi",
                    "dplay.sess_desc.name_ptr",
                    "dplay.sess_desc.pw_ptr",
                    "dplay.sess_desc.res_1",
                    "dplay.sess_desc.res_2",
                    "dplay.sess_desc.user_1",
                    "dplay.sess_desc.user_2",
                    "dplay.sess_desc.user_3",
                    "dplay.sess_desc.user_4",
                    "dplay.spp.id",
                    "dplay.spp.player_id",
                    "dplay.spp.sp_data",
                    "dplay.spp.sysplayer_id",
                    "dplay.type_07.dpid",
                    "dplay.type_13.group_id",
                    "dplay.type_13.id_to",
                    "dplay.type_13.player_id",
                    "dplay.type_13.tick_count",
                    "dplay.type_29.id");

    private static final Set<String> GUIDS =
            Set.of("dplay.game.guid", "dplay.instance.guid", "dplay.type02.game.guid");

    static List<Frame> frames() {
        return Captures.oracle();
    }

    @Test
    void theOracleHas45Frames() {
        assertThat(frames()).hasSize(45);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void everyFieldOfWiresharkHasTheSameNameAndValue(Frame frame) {
        compare(frame, message(frame));
    }

    /** Holds our fields of the message against those of the oracle. */
    static void compare(Frame frame, Bytes message) {
        Dissection dissection = dissect(frame, message);

        assertThat(dissection.problem()).isEmpty();
        Map<String, List<String>> expected = new TreeMap<>(frame.fields());
        expected.keySet().removeIf(name -> !name.startsWith("dplay."));
        expected.keySet().removeAll(NOT_TAKEN_OVER);
        expected.forEach((name, values) ->
                assertThat(dissection.all(name).map(f -> asTshark(f, message)).toList())
                        .as(name)
                        .isEqualTo(values.stream().map(v -> normal(name, v)).toList()));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void everyByteIsInOneField(Frame frame) {
        TreeInvariants.check(dissect(frame).fields(), message(frame).length());
        assertThat(dissect(frame).all("dplay.unknown")).isEmpty();
    }

    @Test
    void frame106HoldsTwoMessages() {
        Bytes payload = Captures.frame(106).payload();
        assertThat(payload.length()).isEqualTo(96);
        assertThat(Framing.next(payload)).isEqualTo(new Framing.Frame.Message(48));
        Dissection second = DIRECT_PLAY.onStream(payload.from(48), PlayerIds.unknown());
        assertThat(second.summary()).isEqualTo("DELETEPLAYER 0x0349281F");
        assertThat(second.first("dplay.saddr.ip").orElseThrow().display()).isEqualTo("0.0.0.0");
        Dissection first = DIRECT_PLAY.onStream(payload.slice(0, 48), PlayerIds.unknown());
        assertThat(first.summary()).isEqualTo("DELETEPLAYER 0x03492818");
        assertThat(first.first("dplay.saddr.ip").orElseThrow().display()).isEqualTo("10.30.0.1");
        assertThat(first.all("dplay.multi.password")).isEmpty();
    }

    @Test
    void createPlayerEndsInSixReservedBytesAndNoPassword() {
        for (int number : List.of(45, 64)) {
            Dissection create = dissect(Captures.frame(number));
            assertThat(create.all("dplay.multi.password")).isEmpty();
            Field reserved = create.first("dplay.multi.reserved").orElseThrow();
            assertThat(reserved.length()).isEqualTo(6);
            assertThat(reserved.display()).isEqualTo("000000000000");
            assertThat(create.summary()).isEqualTo("CREATEPLAYER 0x03492818 \"CLN\" \"TheClient\"");
        }
    }

    @Test
    void theLastWordOfAddForwardRequestIsTheSessionKey() {
        long key = DirectPlay.keyIn(dissect(Captures.frame(5))).orElseThrow();
        assertThat(key).isEqualTo(0x0348281CL);
        for (int number : List.of(37, 56)) {
            assertThat(DirectPlay.keyIn(dissect(Captures.frame(number)))).hasValue(key);
        }
        assertThat(DirectPlay.keyIn(dissect(Captures.frame(58)))).hasValue(key);
    }

    @Test
    void bitThreeOfAnIdRequestMeansLocal() {
        for (int number : List.of(33, 41, 52, 60)) {
            Dissection request = dissect(Captures.frame(number));
            assertThat(request.first("dplay.type_05.flags.local").orElseThrow().value())
                    .isEqualTo(new FieldValue.Flag(true));
        }
    }

    @Test
    void bitFiveOfASessionMeansThatJoiningIsDisabled() {
        Dissection reply = dissect(Captures.frame(5));
        assertThat(reply.first("dplay.flags.join_disabled").orElseThrow().value())
                .isEqualTo(new FieldValue.Flag(false));
        assertThat(reply.first("dplay.flags").orElseThrow().display())
                .isEqualTo("0x00000044 (MIGRATEHOST, KEEPALIVE)");
    }

    @Test
    void undocumentedGroupFlagsAreKeptVisible() {
        Field undocumented =
                dissect(Captures.frame(58)).first("dplay.spp.flags.undocumented").orElseThrow();
        assertThat(undocumented.value()).isEqualTo(new FieldValue.Numeric(0x40));
    }

    @Test
    void idsAndGuidsAreShownAsPeopleWriteThem() {
        Dissection reply = dissect(Captures.frame(5));
        assertThat(reply.first("dplay.game.guid").orElseThrow().display())
                .isEqualTo("{DE54D321-A1E6-11D0-8E76-00608C96C148}");
        assertThat(reply.first("dplay.instance.guid").orElseThrow().display())
                .isEqualTo("{E54B1AF1-9D22-45DA-B7AF-BFA89735B5AF}");
        assertThat(reply.summary()).isEqualTo("ENUMSESSIONSREPLY \"DEBUG\" 1/2 players");
        Dissection ping = dissect(Captures.frame(70));
        assertThat(ping.summary()).isEqualTo("PING 0x0349281C tick 55128234");
    }

    @Test
    void withTheSessionKeyIdsFallApartIntoCounterAndIndex() {
        PlayerIds ids = new PlayerIds(java.util.OptionalLong.of(0x0348281CL), Map.of());
        Dissection reply = DIRECT_PLAY.onStream(Captures.frame(58).payload(), ids);
        List<String> places = new ArrayList<>();
        reply.all("dplay.spp.id")
                .forEach(id ->
                        places.add(
                                id.display()
                                        + " "
                                        + id.children().get(0).display()
                                        + "/"
                                        + id.children().get(1).display()));
        assertThat(places)
                .containsExactly(
                        "0x0349281F (3, 1) 1/3",
                        "0x0349281C (0, 1) 1/0",
                        "0x0349281E (2, 1) 1/2",
                        "0x0349281D (1, 1) 1/1");
    }

    /** The first message of the frame: tshark looks for no more. */
    private static Bytes message(Frame frame) {
        Bytes payload = frame.payload();
        return frame.number() == 106 ? payload.slice(0, 48) : payload;
    }

    private static Dissection dissect(Frame frame) {
        return dissect(frame, message(frame));
    }

    static Dissection dissect(Frame frame, Bytes message) {
        return frame.isTcp()
                ? DIRECT_PLAY.onStream(message, PlayerIds.unknown())
                : DIRECT_PLAY.onDatagram(message, PlayerIds.unknown()).orElseThrow();
    }

    private static String asTshark(Field field, Bytes message) {
        if (AS_BYTES.contains(field.name()) || GUIDS.contains(field.name())) {
            return message.slice(field.offset(), field.length()).toHex();
        }
        return switch (field.value()) {
            case FieldValue.Numeric(long number) -> Long.toString(number);
            case FieldValue.Text(String text) -> text;
            case FieldValue.Flag(boolean flag) -> flag ? "1" : "0";
            case FieldValue.None() -> "";
        };
    }

    private static String normal(String name, String value) {
        if (GUIDS.contains(name)) {
            return value.replace("-", "");
        }
        return value.startsWith("0x") && !AS_BYTES.contains(name)
                ? Long.toString(Long.parseLong(value.substring(2), 16))
                : value;
    }
}
