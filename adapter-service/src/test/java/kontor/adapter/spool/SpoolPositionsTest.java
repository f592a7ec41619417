package kontor.adapter.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import kontor.adapter.relay.SpoolLevel;
import kontor.adapter.spool.SpoolPositions.Chore;
import kontor.adapter.spool.SpoolPositions.Missing;
import kontor.adapter.spool.SpoolPositions.Next;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;

/** Row by row what {@link SpoolPositions} decides; events of 10 bytes. */
final class SpoolPositionsTest {

    private static final RunId RUN = new RunId(new UUID(1, 1));
    private static final RunId EARLIER = new RunId(new UUID(0, 1));
    private static final SpoolBounds BOUNDS = new SpoolBounds(10, 20, 40);

    private final SpoolPositions positions = new SpoolPositions(RUN, BOUNDS, 0, 0, 0);

    @Test
    void eventsAreTakenWhereTheyBeganAndThenThereIsNothingYet() {
        append(1, 2);
        assertThat(positions.next()).isEqualTo(new Next.Event(0));
        assertThat(positions.take(place(1))).isEmpty();
        assertThat(positions.next()).isEqualTo(new Next.Event(10));
        assertThat(positions.take(place(2))).isEmpty();
        assertThat(positions.next()).isEqualTo(new Next.Wait());
        positions.end();
        assertThat(positions.next()).isEqualTo(new Next.Over());
    }

    @Test
    void whatEarlierRunsLeftComesFirstAndCountsAsTheirs() {
        SpoolPositions second = new SpoolPositions(RUN, BOUNDS, 10, 30, 7);
        assertThat(second.next()).isEqualTo(new Next.Event(10));
        assertThat(second.status()).isEqualTo(new SpoolStatus(0, 20, 0, 20, 7, true));
        second.append(1, 40, true);
        assertThat(second.status()).isEqualTo(new SpoolStatus(1, 30, 0, 20, 7, true));
        second.acknowledge(new SpoolPlace(EARLIER, 9, 30));
        assertThat(second.status()).isEqualTo(new SpoolStatus(1, 10, 0, 0, 7, true));
    }

    @Test
    void aRewindGoesBackToWhatIsNotAcknowledged() {
        append(1, 3);
        take(1, 3);
        positions.acknowledge(place(1));
        positions.rewind();
        assertThat(positions.next()).isEqualTo(new Next.Event(10));
    }

    @Test
    void whatIsAcknowledgedLateAfterARewindIsPassedOver() {
        append(1, 3);
        take(1, 2);
        positions.rewind();
        positions.acknowledge(place(2));
        assertThat(positions.next()).isEqualTo(new Next.Event(20));
        assertThat(positions.take(place(3))).as("nothing is missing").isEmpty();
    }

    @Test
    void anOlderAcknowledgementChangesNothing() {
        append(1, 3);
        take(1, 3);
        positions.acknowledge(place(3));
        positions.acknowledge(place(1));
        assertThat(positions.acknowledged()).isEqualTo(30);
        assertThat(positions.status().publishedSequence()).isEqualTo(3);
    }

    @Test
    void whatCannotBeReadIsCountedAndTheEventsInItAreNamed() {
        append(1, 4);
        take(1, 1);
        positions.skip(30);
        assertThat(positions.isNext(30)).isTrue();
        assertThat(positions.take(place(4))).contains(new Missing(RUN, 2, 3));
        assertThat(positions.status().damagedBytes()).isEqualTo(20);
    }

    @Test
    void anotherRunBeginsWithoutAnythingMissing() {
        SpoolPositions second = new SpoolPositions(RUN, BOUNDS, 0, 10, 0);
        second.append(3, 20, true);
        assertThat(second.take(new SpoolPlace(EARLIER, 1, 10))).isEmpty();
        assertThat(second.take(new SpoolPlace(RUN, 3, 20))).isEmpty();
    }

    @Test
    void whileTheDiskRefusesTheSpoolIsFullWhateverItHolds() {
        append(1, 1);
        positions.append(2, 20, false);
        assertThat(positions.level()).isEqualTo(SpoolLevel.FULL);
        assertThat(positions.written()).isEqualTo(10);
        positions.append(3, 30, false);
        assertThat(positions.written()).as("of the first that was refused").isEqualTo(10);
        take(1, 3);
        assertThat(positions.acknowledge(place(3))).as("relieved").isFalse();
        assertThat(positions.level()).isEqualTo(SpoolLevel.FULL);
        assertThat(positions.mended()).as("relieved").isTrue();
        assertThat(positions.level()).isEqualTo(SpoolLevel.FREE);
        assertThat(positions.written()).isEqualTo(30);
    }

    @Test
    void nothingIsWrittenBehindWhatTheDiskRefused() {
        positions.append(1, 10, false);
        assertThatThrownBy(() -> positions.append(2, 20, true))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void segmentsGoOnceTheBrokerHasAllOfThemAndThatIsNoted() {
        append(1, 6);
        take(1, 6);
        NavigableSet<Long> bases = new TreeSet<>(List.of(0L, 20L, 40L));
        positions.acknowledge(place(3));
        assertThat(positions.chores(bases, Long.MAX_VALUE))
                .containsExactly(new Chore.Note(30), new Chore.Delete(0));
        positions.noted(30);
        bases.remove(0L);
        assertThat(positions.chores(bases, Long.MAX_VALUE)).isEmpty();
        positions.acknowledge(place(6));
        assertThat(positions.chores(bases, Long.MAX_VALUE))
                .as("the last is being written")
                .containsExactly(new Chore.Note(60), new Chore.Delete(20));
        assertThat(positions.chores(bases, 60))
                .as("nothing more is written")
                .containsExactly(new Chore.Note(60), new Chore.Delete(20), new Chore.Delete(40));
    }

    private void append(int first, int last) {
        for (int sequence = first; sequence <= last; sequence++) {
            positions.append(sequence, 10L * sequence, true);
        }
    }

    private void take(int first, int last) {
        for (int sequence = first; sequence <= last; sequence++) {
            assertThat(positions.take(place(sequence))).isEmpty();
        }
    }

    private static SpoolPlace place(int sequence) {
        return new SpoolPlace(RUN, sequence, 10L * sequence);
    }
}
