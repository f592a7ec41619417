package kontor.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestPaceTest {

    private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long BEGIN = 7 * BEAT;

    private final RequestPace pace = new RequestPace(BEGIN);
    private long now = BEGIN;

    @Test
    void nothingWaitsWhereRecordsComeOneByOne() {
        flow(TimeUnit.SECONDS.toNanos(1), 1_250_000, 1); // 800 a second: 4 x 200
        assertThat(pace.patienceNanos(now)).isZero();
    }

    @Test
    void denseRecordsWaitForTheBeatThatAllThreadsShare() {
        flow(TimeUnit.MILLISECONDS.toNanos(100), 250_000, 1); // 4,000 a second
        assertThat(pace.patienceNanos(BEGIN + 100 * BEAT)).isEqualTo(BEAT);
        assertThat(pace.patienceNanos(BEGIN + 100 * BEAT + 500_000)).isEqualTo(1_500_000);
        assertThat(pace.patienceNanos(BEGIN + 101 * BEAT - 1)).isEqualTo(1);
    }

    @Test
    void aBeatIsWhereItIsWhateverTheClockBeginsWith() {
        flow(TimeUnit.MILLISECONDS.toNanos(100), 250_000, 1);
        // System.nanoTime may be negative.
        assertThat(pace.patienceNanos(-1)).isEqualTo(1);
        assertThat(pace.patienceNanos(-BEAT)).isEqualTo(BEAT);
    }

    @Test
    void whoIsBehindDoesNotWait() {
        flow(TimeUnit.MILLISECONDS.toNanos(100), 2_000_000, 64);
        assertThat(pace.patienceNanos(now)).isZero();
        pace.took(63, now);
        assertThat(pace.patienceNanos(now)).isPositive();
    }

    @Test
    void aBurstWithinAWindowIsNotDense() {
        for (int i = 0; i < 40; i++) {
            pace.took(1, BEGIN + i);
        }
        assertThat(pace.patienceNanos(BEGIN + 40)).isZero();
        pace.took(1, BEGIN + TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(pace.patienceNanos(BEGIN + TimeUnit.MILLISECONDS.toNanos(51))).isZero();
    }

    @Test
    void silenceEndsIt() {
        flow(TimeUnit.MILLISECONDS.toNanos(100), 250_000, 1);
        assertThat(pace.patienceNanos(now)).isPositive();
        now += TimeUnit.SECONDS.toNanos(1);
        pace.took(0, now);
        assertThat(pace.patienceNanos(now)).isZero();
    }

    @Test
    void anInterruptedThreadStaysInterruptedAndDoesNotWait() {
        RequestPace dense = new RequestPace(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(60));
        // Dense from the first window on; fewer at once than who is behind has.
        dense.took(60);
        dense.took(60);
        Thread.currentThread().interrupt();
        dense.await();
        assertThat(Thread.interrupted()).isTrue();
    }

    private void flow(long length, long apart, int records) {
        for (long end = now + length; now < end; now += apart) {
            pace.took(records, now);
        }
    }
}
