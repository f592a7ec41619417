package kontor.analysis.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import kontor.analysis.Captures;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.directplay.DirectPlay;
import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.reassembly.Span;
import kontor.analysis.sessions.Carried;
import kontor.analysis.sessions.Effect;
import kontor.analysis.state.StateChange.Changed;
import kontor.analysis.state.StateChange.Said;
import kontor.analysis.x642.X642;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the game's messages change in its state. */
class GameStateTest {

    private static final DirectPlay DIRECT_PLAY = new DirectPlay(new X642(), 4000);
    private static final String IDS = "1e2849031d284903";

    private final GameState state = new GameState();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    stock of food       | 3500000014120e00be030000 | 0349281E/stock/0/0/14       | food                   | 958  | 29 30/32 t
                    tax                 | 350000003133000044000000 | 0349281E/tax/0/0/0          | tax rate of level 0    | 68   | 0x44
                    inhabitants         | 350000003112010012000000 | 0349281E/inhabitants/0/0/1  | inhabitants of level 1 | 18   | 18
                    money               | 39ff00002c00000051240000 | 0349281E/money              | money                  | 9297 | 9297
                    debts               | 39ff00002c000000ffffffff | 0349281E/money              | money                  | -1   | -1
                    of a second island  | 3505020014121700e0020000 | 0349281E/stock/5/2/23       | wood                   | 736  | 23 t
                    what nobody knows   | 350000003111000080000000 | 0349281E/value/35/0/0/1131/0 | 0x35/0x1131[0]        | 128  | 128
                    """)
    void aRecordIsAValue(
            String what, String record, String path, String label, long number, String display) {
        List<StateChange> changes = state.on(7, List.of(message(values(record))));

        assertThat(changes).hasSize(1);
        Changed changed = (Changed) changes.getFirst();
        assertThat(changed.key().path()).as(what).isEqualTo(path);
        assertThat(changed.key().label()).isIn(label, changed.key().kind().word());
        assertThat(changed.number()).hasValue(number);
        assertThat(changed.display()).isEqualTo(display);
        assertThat(changed.key().player()).isEqualTo(0x0349281EL);
        assertThat(changed.key().instance()).isEqualTo("game1");
        assertThat(changed.sequence()).isEqualTo(7);
    }

    @Test
    void aValueThatIsSaidAgainChangesNothingAndOneThatChangesNamesTheOneBefore() {
        String before = "39ff00002c00000051240000";
        String after = "39ff00002c00000052240000";
        assertThat(state.on(1, List.of(message(values(before))))).hasSize(1);
        assertThat(state.on(2, List.of(message(values(before))))).isEmpty();
        Changed changed = (Changed) state.on(3, List.of(message(values(after)))).getFirst();
        assertThat(changed.previous()).hasValue(9297);
        assertThat(changed.number()).hasValue(9298);
    }

    @Test
    void eachPlayersGameSpeaksForItself() {
        String record = "39ff00002c00000051240000";
        state.on(1, List.of(message(values(record))));
        String other = "18284903" + "1d284903" + values(record).substring(16);
        assertThat(state.on(2, List.of(message(other))))
                .singleElement()
                .satisfies(change ->
                        assertThat(((Changed) change).key().path()).isEqualTo("03492818/money"));
    }

    @Test
    void placesFocusAndChatAreState() {
        String places = "02000000" + "00000000" + "18284903" + "01000000" + "1e284903";
        List<StateChange> table =
                state.on(1, List.of(message(game("d9070000", places + "ff".repeat(16)))));
        assertThat(table)
                .extracting(change -> ((Changed) change).key().path() + " " + display(change))
                .containsExactly("03492818/place 0", "0349281E/place 1");

        List<Message> focus = List.of(message(game("d1070000", "")), message(game("d2070000", "")));
        assertThat(state.on(2, focus))
                .extracting(GameStateTest::display)
                .containsExactly("no", "yes");

        String text = "48616c6c6f" + "00".repeat(55);
        String body = "01000000" + "44000000" + "0000ff0002000000" + text;
        assertThat(state.on(3, List.of(message(game("53080000", body)))))
                .containsExactly(
                        new Said(
                                3,
                                0,
                                0x0349281EL,
                                "game1",
                                Optional.of(2L),
                                Optional.of(255L),
                                "Hallo"));
    }

    @Test
    void aNameThatDirectPlayKnowsIsThePlayers() {
        PlayerIds ids = new PlayerIds(OptionalLong.of(0x0348281CL), Map.of(0x0349281EL, "Hans"));
        Message message = message(values("39ff00002c00000051240000"), ids, Completeness.WHOLE);
        assertThat(state.on(1, List.of(message)))
                .extracting(change -> ((Changed) change).key().path() + " " + display(change))
                .containsExactly("0349281E/name Hans", "0349281E/money 9297");
    }

    @Test
    void whatIsNotWholeSaysNothing() {
        Message cut =
                message(
                        values("39ff00002c00000051240000"),
                        PlayerIds.unknown(),
                        Completeness.MALFORMED);
        assertThat(state.on(1, List.of(cut))).isEmpty();
        assertThat(state.size()).isZero();
    }

    @Test
    void hostileMessagesCannotFillTheMemory() {
        for (int i = 0; i < GameState.MOST_VALUES + 500; i++) {
            String record = "35%02x%04x".formatted(i & 0xFF, i >>> 8) + "31110000" + "01000000";
            state.on(i, List.of(message(values(record))));
        }
        assertThat(state.size()).isEqualTo(GameState.MOST_VALUES);
        // What is known still changes.
        assertThat(state.on(99_999, List.of(message(values("350000003111000002000000")))))
                .hasSize(1);
    }

    @Test
    void theSamplesOfARealGameGiveItsTownAndTreasury() {
        Map<String, Changed> now = new HashMap<>();
        List<Captures.Sample> samples = Captures.samples();
        for (int i = 0; i < samples.size(); i++) {
            state.on(i, List.of(message(samples.get(i).datagram().toHex())))
                    .forEach(change -> now.put(((Changed) change).key().path(), (Changed) change));
        }
        assertThat(now.get("019BA49B/money"))
                .satisfies(money -> assertThat(money.display()).isEqualTo("9298"))
                .satisfies(money -> assertThat(money.previous()).hasValue(9297));
        assertThat(now.get("019BA49B/inhabitants/0/0/0"))
                .satisfies(people -> assertThat(people.display()).isEqualTo("18"));
        // The slider was at its top: the last two of its 34 messages change nothing.
        assertThat(now.get("019BA49B/tax/0/0/0"))
                .satisfies(tax -> assertThat(tax.display()).isEqualTo("0xC0"))
                .satisfies(tax -> assertThat(tax.sequence()).isEqualTo(33));
    }

    /** The newest change of each value is the value that was said last: of any messages. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theNewestChangesAreTheLastWords(long seed) {
        Random random = new Random(seed);
        Map<String, Long> said = new HashMap<>();
        Map<String, Long> changed = new HashMap<>();
        for (int sequence = 1; sequence < 400; sequence++) {
            StringBuilder records = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) {
                int island = random.nextInt(3);
                int item = 2 + random.nextInt(4);
                int amount = random.nextInt(4);
                records.append("35%02x00001412%02x00%02x000000".formatted(island, item, amount));
                said.put("0349281E/stock/%d/0/%d".formatted(island, item), (long) amount);
            }
            for (StateChange change :
                    state.on(sequence, List.of(message(values(records.toString()))))) {
                Changed one = (Changed) change;
                Long before = changed.put(one.key().path(), one.number().orElseThrow());
                assertThat(one.number()).isNotEqualTo(one.previous());
                assertThat(one.previous())
                        .isEqualTo(before == null ? OptionalLong.empty() : OptionalLong.of(before));
            }
            assertThat(changed).isEqualTo(said);
        }
    }

    /** Whatever the bytes: nothing throws, and what changed is a value with a path of its own. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mutatedMessagesHarmNothing(long seed) {
        Random random = new Random(seed);
        String records = "3500000014120e00be030000" + "39ff00002c00000051240000";
        String places = "02000000" + "00000000" + "18284903" + "01000000" + "1e284903";
        List<Bytes> right =
                List.of(
                        Bytes.ofHex(values(records)),
                        Bytes.ofHex(game("d9070000", places + "ff".repeat(16))),
                        Bytes.ofHex(game("53080000", "0100000044000000" + "00".repeat(68))));
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = right.get(random.nextInt(right.size())).toByteArray();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
            int sequence = i;
            DIRECT_PLAY
                    .onDatagram(Bytes.owning(bytes).slice(0, length), PlayerIds.unknown())
                    .map(GameStateTest::message)
                    .ifPresent(message ->
                            assertThat(state.on(sequence, List.of(message)))
                                    .allMatch(change ->
                                            !(change instanceof Changed changed)
                                                    || changed.key().path().contains("/")));
        }
    }

    @Test
    void aSessionsStateIsForgottenWithTheSession() {
        SessionStates states = new SessionStates();
        SessionId session = SessionId.parse("00000000-0000-0000-0000-000000000001");
        Effect found =
                new Effect.Found(
                        new LabName("lab"),
                        session,
                        1,
                        "anno",
                        "1",
                        List.of(message(values("39ff00002c00000051240000"))));
        assertThat(states.on(found)).hasSize(1);
        assertThat(states.on(found)).isEmpty();
        assertThat(states.on(new Effect.Closed(session, Carried.nothing()))).isEmpty();
        assertThat(states.size()).isZero();
    }

    private static String display(StateChange change) {
        return ((Changed) change).display();
    }

    private static String values(String records) {
        int count = records.length() / 24;
        return game("4f080000", "%02x0000000c000000".formatted(count) + records);
    }

    private static String game(String action, String body) {
        int size = 8 + body.length() / 2;
        String length =
                Bytes.owning(
                                ByteBuffer.allocate(4)
                                        .order(ByteOrder.LITTLE_ENDIAN)
                                        .putInt(size)
                                        .array())
                        .toHex();
        return IDS + action + length + body;
    }

    private static Message message(String datagram) {
        return message(datagram, PlayerIds.unknown(), Completeness.WHOLE);
    }

    private static Message message(String datagram, PlayerIds ids, Completeness completeness) {
        return message(
                DIRECT_PLAY.onDatagram(Bytes.ofHex(datagram), ids).orElseThrow(), completeness);
    }

    private static Message message(Dissection found) {
        return message(
                found, found.problem().isEmpty() ? Completeness.WHOLE : Completeness.MALFORMED);
    }

    private static Message message(Dissection found, Completeness completeness) {
        return new Message(
                1,
                new Route("game1", ""),
                found.protocol(),
                found.type(),
                found.summary(),
                List.of(new Span(1, 0, 1)),
                found.fields(),
                completeness,
                found.problem(),
                false,
                Bytes.owning(new byte[1]));
    }
}
