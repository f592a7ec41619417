package kontor.launcher.training;

import static org.assertj.core.api.Assertions.assertThat;

import kontor.launcher.training.TrainingTime.Sample;
import kontor.launcher.training.TrainingTime.State;
import kontor.launcher.training.TrainingTime.Verdict;
import org.junit.jupiter.api.Test;

final class TrainingTimeTest {

    private static final int TICKS = 400;

    private final TrainingTime time = new TrainingTime();
    private long busyTicks;
    private long totalTicks;
    private long packets;

    @Test
    void itBeginsOnceItHasBeenQuietForTwentySeconds() {
        for (int i = 0; i < 10; i++) {
            assertThat(quiet()).isEqualTo(new Verdict.GoOn());
        }

        assertThat(quiet()).isEqualTo(new Verdict.Begin());
        assertThat(time.state()).isEqualTo(State.RUNNING);
        assertThat(quiet()).isEqualTo(new Verdict.GoOn());
    }

    @Test
    void itDoesNotBeginWhileGamesPlay() {
        for (int i = 0; i < 100; i++) {
            assertThat(sample(0, 10)).isEqualTo(new Verdict.GoOn());
        }
        assertThat(time.state()).isEqualTo(State.WAITING);
    }

    @Test
    void itDoesNotBeginWhileOthersNeedTheProcessors() {
        for (int i = 0; i < 100; i++) {
            assertThat(sample(0.5, 0)).isEqualTo(new Verdict.GoOn());
        }
    }

    @Test
    void itEndsAtOnceWhenGamesPlay() {
        begin();

        assertThat(sample(0, 10)).isEqualTo(new Verdict.End("games are playing", true));
        assertThat(time.state()).isEqualTo(State.WAITING);
    }

    @Test
    void itEndsWhenTheMachineIsBusyAndNotForAMomentOnly() {
        begin();
        sample(0.9, 0);
        assertThat(quiet()).isEqualTo(new Verdict.GoOn());
        sample(0.9, 0);

        assertThat(sample(0.9, 0)).isEqualTo(new Verdict.End("the machine is busy", true));
    }

    @Test
    void itBeginsAgainAfterALongerQuietAndGivesUpAfterThreeTimes() {
        begin();
        sample(0, 10);
        for (int i = 0; i < 59; i++) {
            assertThat(quiet()).isEqualTo(new Verdict.GoOn());
        }
        assertThat(quiet()).isEqualTo(new Verdict.Begin());
        sample(0, 10);
        for (int i = 0; i < 60; i++) {
            quiet();
        }

        assertThat(sample(0, 10)).isEqualTo(new Verdict.End("games are playing", false));
        assertThat(time.state()).isEqualTo(State.OVER);
    }

    @Test
    void oneThatEndedByItselfIsNotRepeated() {
        begin();
        time.ended();
        for (int i = 0; i < 100; i++) {
            assertThat(quiet()).isEqualTo(new Verdict.GoOn());
        }
    }

    private void begin() {
        while (!(quiet() instanceof Verdict.Begin)) {
            assertThat(time.state()).isEqualTo(State.WAITING);
        }
    }

    private Verdict quiet() {
        return sample(0.1, 0);
    }

    private Verdict sample(double busyShare, long newPackets) {
        busyTicks += Math.round(busyShare * TICKS);
        totalTicks += TICKS;
        packets += newPackets;
        return time.on(new Sample(busyTicks, totalTicks, packets));
    }
}
