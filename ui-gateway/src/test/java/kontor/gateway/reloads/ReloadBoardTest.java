package kontor.gateway.reloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kontor.gateway.reloads.ReloadSummary.PhaseTiming;
import org.junit.jupiter.api.Test;

class ReloadBoardTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);

    private final List<ReloadSummary> news = new ArrayList<>();
    private final ReloadBoard board = new ReloadBoard(2, news::add);

    @Test
    void knowsHowLongEachPhaseThatHasPassedTook() {
        say(ONE, ReloadPhase.REQUESTED, 0, 0);
        say(ONE, ReloadPhase.ANNOUNCED, 1, 1);
        say(ONE, ReloadPhase.RESTARTING, 3, 1);
        say(ONE, ReloadPhase.VERIFYING, 8, 1);

        ReloadSummary reload = board.find(ONE).orElseThrow();
        assertThat(reload.phase()).isEqualTo(ReloadPhase.VERIFYING);
        assertThat(reload.phases())
                .containsExactly(
                        new PhaseTiming(ReloadPhase.ANNOUNCED, 2_000_000),
                        new PhaseTiming(ReloadPhase.RESTARTING, 5_000_000));
        assertThat(news).hasSize(4);
    }

    @Test
    void ignoresRepeatsOlderPhasesAndWhatFollowsAnEnd() {
        say(ONE, ReloadPhase.RESTARTING, 1, 1);
        say(ONE, ReloadPhase.RESTARTING, 2, 1);
        say(ONE, ReloadPhase.ANNOUNCED, 2, 1);
        say(ONE, ReloadPhase.COMPLETED, 3, 1);
        say(ONE, ReloadPhase.FAILED, 4, 1);
        say(ONE, ReloadPhase.REQUESTED, 5, 0);

        assertThat(board.find(ONE).orElseThrow().phase()).isEqualTo(ReloadPhase.COMPLETED);
        assertThat(news).hasSize(2);
    }

    @Test
    void ignoresAnOwnerWhoseSuccessorHasSpoken() {
        say(ONE, ReloadPhase.ANNOUNCED, 1, 1);
        board.onEpoch(0, 2);
        say(ONE, ReloadPhase.FAILED, 2, 1);
        say(ONE, ReloadPhase.RESTARTING, 3, 2);

        assertThat(board.find(ONE).orElseThrow().phase()).isEqualTo(ReloadPhase.RESTARTING);
    }

    @Test
    void takesARefusalWhileAnotherReloadRunsButNoSecondOne() {
        say(ONE, ReloadPhase.ANNOUNCED, 1, 1);
        say(TWO, ReloadPhase.ANNOUNCED, 2, 1);
        assertThat(board.find(TWO)).isEmpty();

        say(TWO, ReloadPhase.FAILED, 3, 1);
        assertThat(board.find(TWO).orElseThrow().finished()).isTrue();
        say(ONE, ReloadPhase.RESTARTING, 4, 1);
        assertThat(board.find(ONE).orElseThrow().phase()).isEqualTo(ReloadPhase.RESTARTING);
    }

    @Test
    void tellsWhoBeginsToLookOfWhatRunsAndForAWhileOfWhatEnded() {
        Duration within = Duration.ofSeconds(15);
        say(ONE, ReloadPhase.ANNOUNCED, 0, 1);
        assertThat(board.current("default", BEGIN.plusSeconds(60), within)).isPresent();
        assertThat(board.current("other", BEGIN, within)).isEmpty();

        say(ONE, ReloadPhase.COMPLETED, 10, 1);
        assertThat(board.current("default", BEGIN.plusSeconds(20), within)).isPresent();
        assertThat(board.current("default", BEGIN.plusSeconds(60), within)).isEmpty();
    }

    @Test
    void keepsTheNewest() {
        say(ONE, ReloadPhase.FAILED, 1, 1);
        say(TWO, ReloadPhase.FAILED, 2, 1);
        say(new UUID(0, 3), ReloadPhase.FAILED, 3, 1);

        assertThat(board.reloads())
                .extracting(ReloadSummary::id)
                .containsExactly(new UUID(0, 3), TWO);
    }

    private void say(UUID id, ReloadPhase phase, int second, long epoch) {
        board.onWord(
                new ReloadWord(
                        id,
                        "default",
                        "ui-gateway",
                        false,
                        phase,
                        BEGIN.plusSeconds(second),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        0,
                        epoch));
    }
}
