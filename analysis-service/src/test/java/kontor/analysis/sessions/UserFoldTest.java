package kontor.analysis.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.user.MessageReport;
import kontor.analysis.user.Outcome;
import kontor.analysis.user.Samples;
import kontor.analysis.user.SeenMessage;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.user.UserAnalyzers;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.junit.jupiter.api.Test;

/** Analyzers of users in a running session. */
class UserFoldTest {

    private static final SessionId SESSION = new SessionId(new UUID(0, 1));
    private static final LabName LAB = new LabName("lab");

    private final UserFold fold = new UserFold(SESSION, LAB, new Samples(), UserAnalyzers.none());
    private long sequence;

    @Test
    void aSwapDissectsTheMessagesBeforeNewestFirst() {
        for (int i = 0; i < 10_000; i++) {
            message("01");
        }
        Effect.Swapped swap = (Effect.Swapped) use(new Known("a", "1")).getFirst();
        assertThat(swap.version()).isEqualTo("1");
        assertThat(swap.swappedAfter()).isEqualTo(10_000);
        assertThat(swap.dissected()).isEqualTo(1);
        assertThat(swap.found()).hasSize(10_000);
        assertThat(swap.found().getFirst().sequence()).isEqualTo(10_000);
        assertThat(swap.found().getLast().sequence()).isEqualTo(1);
        Effect.Found next = (Effect.Found) message("01").getFirst();
        assertThat(next.version()).isEqualTo("1");
        assertThat(next.sequence()).isEqualTo(10_001);
    }

    @Test
    void aSwapIsStoredInPartsOfWhichEachHasAllFromItsOldestEventOn() {
        for (int i = 0; i < 25; i++) {
            message("01");
        }
        Effect.Swapped swap = (Effect.Swapped) use(new Known("a", "1")).getFirst();
        List<Effect.Swapped> parts = swap.parts(10);
        assertThat(parts).extracting(Effect.Swapped::dissected).containsExactly(16L, 6L, 1L);
        assertThat(parts.stream().flatMap(part -> part.found().stream()))
                .containsExactlyElementsOf(swap.found());
        assertThat(swap.parts(25)).containsExactly(swap);

        Effect.Swapped gone = (Effect.Swapped) use().getFirst();
        assertThat(gone.parts(10)).containsExactly(gone);
    }

    @Test
    void onlyTheNewestMessagesAreKept() {
        for (int i = 0; i < 20_010; i++) {
            message("01");
        }
        Effect.Swapped swap = (Effect.Swapped) use(new Known("a", "1")).getFirst();
        assertThat(swap.found()).hasSize(20_000);
        assertThat(swap.dissected()).isEqualTo(11);
    }

    @Test
    void theMessagesOfAnEventKeepTheirOrder() {
        fold.on(1, List.of(unknown("0101"), unknown("02")), new ArrayList<>());
        Effect.Swapped swap = (Effect.Swapped) use(new Known("a", "1")).getFirst();
        assertThat(swap.found().getFirst().messages())
                .extracting(Message::length)
                .containsExactly(2, 1);
    }

    @Test
    void versionsThatStayAreNotAskedAgain() {
        message("01");
        Known first = new Known("a", "1");
        use(first);
        assertThat(use(first, new Known("b", "1")))
                .extracting(effect -> ((Effect.Swapped) effect).analyzer())
                .containsExactly("b");
        assertThat(message("01")).hasSize(2);
    }

    @Test
    void anAnalyzerThatIsGoneIsNoLongerAsked() {
        message("01");
        use(new Known("a", "1"));
        assertThat(use())
                .containsExactly(new Effect.Swapped(LAB, SESSION, "a", "", 1, 0, List.of()));
        assertThat(message("01")).isEmpty();
    }

    @Test
    void aFailureCostsItsMessageAndTwentySuspendTheVersionUntilTheNextOne() {
        use(new Known("a", "1"));
        for (int i = 1; i < 20; i++) {
            assertThat(message("ff")).hasSize(1);
        }
        assertThat(message("01")).hasSize(1);
        assertThat(message("ff"))
                .contains(
                        new Effect.Suspended(
                                SESSION, "a", "1", "failed on 20 messages: no such thing"));
        assertThat(message("01")).isEmpty();
        use(new Known("a", "2"));
        assertThat(message("01")).hasSize(1);
    }

    private List<Effect> use(UserAnalyzer... analyzers) {
        List<Effect> effects = new ArrayList<>();
        fold.use(new UserAnalyzers(List.of(analyzers)), sequence, effects);
        return effects;
    }

    private List<Effect> message(String hex) {
        List<Effect> effects = new ArrayList<>();
        fold.on(++sequence, List.of(unknown(hex)), effects);
        return effects;
    }

    private static Message unknown(String hex) {
        return Message.unknown(
                1,
                new Route("game1", "game2"),
                "DATAGRAM",
                Piece.of(1, Bytes.ofHex(hex)),
                Optional.empty());
    }

    /** Finds every message; version 1 fails on those that begin with 0xFF. */
    private record Known(String name, String version) implements UserAnalyzer {

        @Override
        public List<FieldDeclaration> fields() {
            return List.of();
        }

        @Override
        public Outcome on(SeenMessage message) {
            return version.equals("1") && message.u8(0) == 0xFF
                    ? MessageReport.failed(name, message, "no such thing")
                    : new MessageReport(name, Set.of(), message, 10).finish();
        }
    }
}
