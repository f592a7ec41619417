package kontor.gateway.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SnapshotBoardTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final UUID ID = new UUID(0, 1);
    private static final SnapshotSummary MENU =
            new SnapshotSummary("menu", "s1", 812, NOW, List.of("game1"));

    private final SnapshotBoard board = new SnapshotBoard();

    private void said(Instant at, @Nullable String refusal, SnapshotReport.@Nullable Outcome of) {
        board.onReport(new SnapshotReport("default", at, refusal, List.of(MENU), of));
    }

    private static SnapshotAct act(UUID id, Instant askedAt) {
        return new SnapshotAct(
                id, SnapshotKind.TAKE, "menu", SnapshotState.REQUESTED, askedAt, null, null);
    }

    private static SnapshotReport.Outcome outcome(SnapshotState state, @Nullable String detail) {
        return new SnapshotReport.Outcome(ID, state, detail, null);
    }

    @Test
    void whereNoLauncherHasSpokenThereAreNoneAndThatIsSaid() {
        SnapshotList none = board.of("default", NOW);

        assertThat(none.available()).isFalse();
        assertThat(none.refusal()).contains("no launcher", "./kontor up --netns");
        assertThat(none.snapshots()).isEmpty();
    }

    @Test
    void whatTheLaunchersMachineCannotIsSaidInItsWords() {
        said(NOW, "criu is not installed", null);

        assertThat(board.of("default", NOW))
                .isEqualTo(
                        new SnapshotList(
                                "default",
                                false,
                                "criu is not installed",
                                List.of(MENU),
                                List.of()));
        assertThat(board.of("other", NOW).snapshots()).as("another lab").isEmpty();
    }

    @Test
    void aLauncherThatFellSilentTakesNoMore() {
        said(NOW, null, null);

        assertThat(board.of("default", NOW.plus(SnapshotBoard.SILENCE)).available()).isTrue();
        SnapshotList later = board.of("default", NOW.plus(SnapshotBoard.SILENCE).plusMillis(1));
        assertThat(later.available()).isFalse();
        assertThat(later.snapshots()).as("they are still there").containsExactly(MENU);
    }

    @Test
    void anOlderWordDoesNotTakeTheNewersPlace() {
        said(NOW, null, null);
        said(NOW.minusSeconds(1), "criu is not installed", null);

        assertThat(board.of("default", NOW).available()).isTrue();
    }

    @Test
    void anActIsFollowedToItsEndAndNoFurther() {
        board.onRequest("default", act(ID, NOW));
        board.onRequest("default", act(ID, NOW.plusSeconds(1)));
        assertThat(board.of("default", NOW).acts()).containsExactly(act(ID, NOW));

        said(NOW, null, outcome(SnapshotState.RUNNING, null));
        said(NOW, null, outcome(SnapshotState.FAILED, "no memory"));
        said(NOW, null, outcome(SnapshotState.RUNNING, null));

        assertThat(board.of("default", NOW).acts())
                .containsExactly(act(ID, NOW).with(SnapshotState.FAILED, "no memory", null));
    }

    @Test
    void anActOfWhichNothingIsHeardHasFailed() {
        board.onRequest("default", act(ID, NOW));
        said(NOW, null, outcome(SnapshotState.RUNNING, null));

        SnapshotAct given =
                board.of("default", NOW.plus(SnapshotBoard.LONGEST_ACT).plusMillis(1))
                        .acts()
                        .getFirst();

        assertThat(given.state()).isEqualTo(SnapshotState.FAILED);
        assertThat(given.detail()).contains("has not said what became of it");
    }

    @Test
    void theNewestActsAreKeptTheNewestFirst() {
        for (int i = 0; i <= SnapshotBoard.MOST_ACTS; i++) {
            board.onRequest("default", act(new UUID(1, i), NOW));
        }

        List<SnapshotAct> acts = board.of("default", NOW).acts();

        assertThat(acts).hasSize(SnapshotBoard.MOST_ACTS);
        assertThat(acts.getFirst().id()).isEqualTo(new UUID(1, SnapshotBoard.MOST_ACTS));
        assertThat(acts.getLast().id()).isEqualTo(new UUID(1, 1));
    }
}
