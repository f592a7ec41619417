package kontor.adapter.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Observation;
import kontor.adapter.relay.SpoolLevel;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every spool does. */
abstract class SpoolContract {

    static final RunId RUN = new RunId(new UUID(1, 1));
    static final EventEncoding ENCODING = event -> SpoolSamples.message(RUN, event.sequence());

    /** What one of these events takes up. */
    static final long RECORD = SegmentWriter.recordBytes(SpoolSamples.MESSAGE_BYTES);

    private final List<SpooledEvent> taken = new ArrayList<>();
    private int reliefs;

    /** The same one at each call in a test. */
    abstract Spool spool() throws Exception;

    /** An empty spool with these bounds, for events of {@link #RUN}. */
    static SpoolBounds bounds() {
        return new SpoolBounds(RECORD, 2 * RECORD, 4 * RECORD);
    }

    @AfterEach
    void close() throws Exception {
        spool().close();
    }

    @Test
    void eventsAreTakenInOrderAsTheyWereWrittenDownAndStayUntilAcknowledged() throws Exception {
        fill(1, 3);
        take(2);
        assertThat(spool().status().events()).isEqualTo(3);
        assertThat(spool().status().bytes()).isEqualTo(3 * RECORD);
        acknowledge(2);
        assertThat(spool().status().events()).isEqualTo(1);
        assertThat(spool().status().bytes()).isEqualTo(RECORD);
        assertThat(spool().status().publishedSequence()).isEqualTo(2);
        take(1);
        assertThat(sequences()).containsExactly(1L, 2L, 3L);
        for (SpooledEvent event : taken) {
            assertThat(event.place().run()).isEqualTo(RUN);
            assertThat(event.message())
                    .isEqualTo(Bytes.owning(SpoolSamples.message(RUN, event.place().sequence())));
        }
    }

    @Test
    void itIsTakenWhileTakingWouldWait() throws Exception {
        assertThat(spool().isTaken()).as("nothing was captured").isTrue();
        fill(1, 2);
        take(1);
        assertThat(spool().isTaken()).as("one is left").isFalse();
        take(1);
        assertThat(spool().isTaken()).as("nothing is acknowledged").isTrue();
        spool().rewind();
        assertThat(spool().isTaken()).as("all is taken again").isFalse();
        take(2);
        spool().end();
        assertThat(spool().isTaken()).as("nothing to wait for").isFalse();
    }

    @Test
    void afterARewindTheOldestUnacknowledgedComesFirst() throws Exception {
        fill(1, 3);
        take(2);
        acknowledge(1);
        spool().rewind();
        taken.clear();
        take(2);
        assertThat(sequences()).containsExactly(2L, 3L);
    }

    @Test
    void aRewindOfWhatIsAcknowledgedTakesNothingBack() throws Exception {
        fill(1, 2);
        take(2);
        acknowledge(2);
        spool().rewind();
        fill(3, 3);
        taken.clear();
        take(1);
        assertThat(sequences()).containsExactly(3L);
    }

    @Test
    void whatIsAcknowledgedLateAfterARewindIsNotTakenAgain() throws Exception {
        fill(1, 4);
        take(3);
        spool().rewind();
        acknowledge(2);
        taken.clear();
        take(2);
        assertThat(sequences()).containsExactly(3L, 4L);
    }

    @Test
    void theLevelFallsWithDelay() throws Exception {
        spool().onRelief(() -> reliefs++);
        fill(1, 2);
        assertThat(spool().level()).isEqualTo(SpoolLevel.FREE);
        fill(3, 3);
        assertThat(spool().level()).isEqualTo(SpoolLevel.HIGH);
        fill(4, 4);
        assertThat(spool().level()).isEqualTo(SpoolLevel.FULL);
        take(4);
        acknowledge(1);
        assertThat(spool().level()).isEqualTo(SpoolLevel.FULL);
        acknowledge(2);
        assertThat(spool().level()).isEqualTo(SpoolLevel.HIGH);
        acknowledge(3);
        assertThat(spool().level()).isEqualTo(SpoolLevel.FREE);
        assertThat(reliefs).isEqualTo(2);
    }

    @Test
    void aFullSpoolStillKeepsWhatMustBeKept() throws Exception {
        fill(1, 10);
        assertThat(spool().level()).isEqualTo(SpoolLevel.FULL);
        take(10);
        assertThat(sequences()).hasSize(10);
    }

    @Test
    void anEndedSpoolIsTakenToItsEnd() throws Exception {
        fill(1, 1);
        spool().end();
        take(1);
        assertThat(spool().take()).isEmpty();
        assertThat(spool().status().events()).isEqualTo(1);
    }

    @Test
    void aWaitingTakerIsWokenByAnEvent() throws Exception {
        Spool spool = spool();
        Thread taker =
                Thread.ofPlatform()
                        .name("kontor-test-taker")
                        .start(() -> {
                            try {
                                taken.add(spool.take().orElseThrow());
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        fill(1, 1);
        taker.join();
        assertThat(sequences()).containsExactly(1L);
    }

    final void fill(long first, long last) throws Exception {
        for (long sequence = first; sequence <= last; sequence++) {
            spool().append(event(sequence));
        }
    }

    final void take(int events) throws Exception {
        for (int i = 0; i < events; i++) {
            taken.add(spool().take().orElseThrow());
        }
    }

    final void acknowledge(long sequence) throws Exception {
        spool().acknowledge(
                        taken.stream()
                                .map(SpooledEvent::place)
                                .filter(place -> place.sequence() == sequence)
                                .findFirst()
                                .orElseThrow());
    }

    final List<Long> sequences() {
        return taken.stream().map(event -> event.place().sequence()).toList();
    }

    static CapturedEvent event(long sequence) {
        return new CapturedEvent(sequence, sequence, 0, new Observation.RunStopped());
    }
}
