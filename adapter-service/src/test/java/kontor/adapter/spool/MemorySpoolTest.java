package kontor.adapter.spool;

import static org.assertj.core.api.Assertions.assertThat;

import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Observation;
import kontor.adapter.relay.SpoolLevel;
import org.junit.jupiter.api.Test;

final class MemorySpoolTest {

    private static final long WEIGHT = event(1).weightBytes();

    private final MemorySpool spool =
            new MemorySpool(new SpoolBounds(WEIGHT, 2 * WEIGHT, 4 * WEIGHT));
    private int reliefs;

    @Test
    void eventsAreTakenInOrderAndStayUntilAcknowledged() throws Exception {
        fill(3);
        assertThat(take()).isEqualTo(1);
        assertThat(take()).isEqualTo(2);
        assertThat(spool.status()).isEqualTo(new SpoolStatus(3, 3 * WEIGHT, 0));
        spool.acknowledge(2);
        assertThat(spool.status()).isEqualTo(new SpoolStatus(1, WEIGHT, 2));
        assertThat(take()).isEqualTo(3);
    }

    @Test
    void afterARewindTheOldestUnacknowledgedComesFirst() throws Exception {
        fill(3);
        take();
        take();
        spool.acknowledge(1);
        spool.rewind();
        assertThat(take()).isEqualTo(2);
        assertThat(take()).isEqualTo(3);
    }

    @Test
    void theLevelFallsWithDelay() throws Exception {
        spool.onRelief(() -> reliefs++);
        fill(2);
        assertThat(spool.level()).isEqualTo(SpoolLevel.FREE);
        fill(3, 3);
        assertThat(spool.level()).isEqualTo(SpoolLevel.HIGH);
        fill(4, 4);
        assertThat(spool.level()).isEqualTo(SpoolLevel.FULL);
        for (int i = 0; i < 4; i++) {
            take();
        }
        spool.acknowledge(1);
        assertThat(spool.level()).isEqualTo(SpoolLevel.FULL);
        spool.acknowledge(2);
        assertThat(spool.level()).isEqualTo(SpoolLevel.HIGH);
        spool.acknowledge(3);
        assertThat(spool.level()).isEqualTo(SpoolLevel.FREE);
        assertThat(reliefs).isEqualTo(2);
    }

    @Test
    void anEndedSpoolIsTakenToItsEnd() throws Exception {
        fill(1);
        spool.end();
        assertThat(take()).isEqualTo(1);
        assertThat(spool.take()).isEmpty();
    }

    private long take() throws InterruptedException {
        return spool.take().orElseThrow().sequence();
    }

    private void fill(int last) {
        fill(1, last);
    }

    private void fill(int first, int last) {
        for (int sequence = first; sequence <= last; sequence++) {
            spool.append(event(sequence));
        }
    }

    private static CapturedEvent event(long sequence) {
        return new CapturedEvent(sequence, sequence, 0, new Observation.RunStopped());
    }
}
