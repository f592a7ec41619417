package kontor.rules;

import static kontor.rules.Samples.GAME2;
import static kontor.rules.Samples.piece;
import static kontor.rules.Samples.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Random;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRulesTest {

    /** PING with its header, 36 bytes. */
    private static final Bytes PING =
            Bytes.ofHex(
                    "2400b0fa"
                            + "0200"
                            + "08fc"
                            + "00000000"
                            + "0000000000000000"
                            + "706c6179"
                            + "1600"
                            + "0e00"
                            + "0100000002000000");

    private static final String COUNT_UP =
            "- {rule: a, when: dplay.command == 0x16, do: {patch: 28, bytes: 07}}";
    private static final String LONGER =
            "- {rule: a, when: dplay.command == 0x16, do: {patch: 36, length: 0, bytes: beef}}";

    /** What comes out of a stream that is handed over in pieces, and what is still kept. */
    private static final class Stream {

        private final RuleSet rules;
        private Bytes kept = Bytes.empty();
        private Bytes out = Bytes.empty();

        Stream(String rules) {
            this.rules = rules(rules);
        }

        Stream take(Bytes bytes) {
            Outcome outcome = rules.onStream(piece(GAME2), kept, bytes, _ -> 0);
            Outcome.Told told = outcome.told().get(GAME2);
            out = out.plus(told == null ? bytes : told.bytes());
            Bytes all = kept.plus(bytes);
            kept = all.from(all.length() - outcome.heldBack());
            return this;
        }
    }

    private static Bytes patched() {
        byte[] bytes = PING.toByteArray();
        bytes[28] = 7;
        return Bytes.owning(bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void messagesAreFoundWhateverThePiecesAre(long seed) {
        Bytes stream = PING.plus(PING).plus(PING).plus(PING);
        Random random = new Random(seed);
        Stream cut = new Stream(COUNT_UP);
        for (int at = 0; at < stream.length(); ) {
            int length = Math.min(1 + random.nextInt(50), stream.length() - at);
            cut.take(stream.slice(at, length));
            at += length;
        }

        assertThat(cut.kept.isEmpty()).isTrue();
        assertThat(cut.out).isEqualTo(patched().plus(patched()).plus(patched()).plus(patched()));
    }

    @Test
    void aHoldPartsAStreamAtTheMessageAndEachBehindItIsAPart() {
        String rules =
                """
                - {rule: stop, when: dplay.command == 0x16, limit: 1, do: {hold: 2 s, freeze: true}}
                - {rule: twice, when: dplay.command == 0x16, do: {duplicate: 2}}
                """;

        Outcome outcome =
                rules(rules).onStream(piece(GAME2), Bytes.empty(), PING.plus(PING), _ -> 0);

        Outcome.Told told = Objects.requireNonNull(outcome.told().get(GAME2));
        assertThat(told.bytes().isEmpty()).isTrue();
        assertThat(told.parts())
                .containsExactly(
                        new Outcome.Part(
                                PING.plus(PING),
                                new Outcome.Wait(
                                        "stop",
                                        Outcome.Wait.Reason.PERSON,
                                        2_000_000,
                                        0,
                                        0,
                                        600_000_000)),
                        new Outcome.Part(PING.plus(PING), null));
    }

    @Test
    void aMessageIsHeldBackUntilItIsWholeAndNoLonger() {
        Stream cut = new Stream(COUNT_UP).take(PING.plus(PING.slice(0, 10)));

        assertThat(cut.out).isEqualTo(patched());
        assertThat(cut.kept).isEqualTo(PING.slice(0, 10));
        assertThat(cut.take(PING.from(10)).out).isEqualTo(patched().plus(patched()));
    }

    @Test
    void aMessageThatBecomesLongerSaysSoAndTheStreamGoesOn() {
        Bytes longer = Bytes.ofHex("2600b0fa").plus(PING.from(4)).plus(Bytes.ofHex("beef"));

        assertThat(new Stream(LONGER).take(PING.plus(PING)).out).isEqualTo(longer.plus(longer));
    }

    @Test
    void aStreamThatIsNoDirectPlayPassesAsItCame() {
        Bytes http = Bytes.ofHex("474554202f20485454502f312e300d0a");
        Stream cut = new Stream(COUNT_UP).take(http).take(PING.slice(20, 16)).take(http);

        assertThat(cut.kept.isEmpty()).isTrue();
        assertThat(cut.out).isEqualTo(http.plus(PING.slice(20, 16)).plus(http));
    }

    @Test
    void whatFollowsForeignBytesIsCutAgainWhereAPieceBeginsWithAMessage() {
        Bytes foreign = Bytes.ofHex("00000000000000000000");

        assertThat(new Stream(COUNT_UP).take(foreign).take(PING).out)
                .isEqualTo(foreign.plus(patched()));
    }

    @Test
    void withoutARuleThatNeedsMessagesAPieceIsTakenAsItIs() {
        Stream cut = new Stream("- {rule: a, when: 'payload[0] == 24', do: {patch: 0, bytes: 25}}");

        assertThat(cut.take(PING.slice(0, 3)).out).isEqualTo(Bytes.ofHex("2500b0"));
    }

    @Test
    void whatWasKeptGoesOnWhenTheRuleIsGone() {
        RuleSet none = rules("- {rule: a, protocol: udp, do: drop}");

        Outcome outcome = none.onStream(piece(GAME2), PING.slice(0, 10), PING.from(10), _ -> 0);

        assertThat(outcome.told()).isEqualTo(Map.of(GAME2, new Outcome.Told(PING, 1)));
        assertThat(outcome.heldBack()).isZero();
    }

    @Test
    void aDroppedMessageIsTakenOutOfTheStream() {
        Stream cut = new Stream("- {rule: a, when: dplay.command == 0x16, do: drop}");
        Bytes other = Bytes.ofHex("1c00b0fa").plus(PING.slice(4, 20)).plus(Bytes.ofHex("04000e00"));

        assertThat(cut.take(PING.plus(other).plus(PING)).out).isEqualTo(other);
    }
}
