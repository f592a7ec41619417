package kontor.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import kontor.analysis.sessions.Carried;
import kontor.analysis.sessions.Effect;
import kontor.analysis.sessions.KnownSessions;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.junit.jupiter.api.Test;

/** Batches are stored in order, beside the thread that makes them. */
class BatchWriterTest {

    private static final SessionId ENDED = new SessionId(new UUID(0, 1));

    /** What is stored, in order. */
    private final List<Batch> stored = Collections.synchronizedList(new ArrayList<>());

    private final KnownSessions known =
            new KnownSessions() {
                @Override
                public boolean hasEnded(SessionId session) {
                    return stored.stream()
                            .flatMap(batch -> batch.closed().stream())
                            .anyMatch(closed -> closed.session().equals(session));
                }

                @Override
                public Optional<Carried> begunWith(SessionId session) {
                    return Optional.empty();
                }

                @Override
                public Optional<Carried> leftBy(LabName lab) {
                    return hasEnded(ENDED) ? Optional.of(Carried.nothing()) : Optional.empty();
                }
            };

    @Test
    void aBatchIsMadeWhileTheOneBeforeIsStored() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (BatchWriter writer =
                new BatchWriter(
                        batch -> {
                            begun.countDown();
                            await(mayEnd);
                            stored.add(batch);
                        },
                        known)) {
            writer.write(BatchWriterTest::atOnce, batch(1));
            begun.await();
            // Here the caller makes the next.
            assertThat(stored).isEmpty();
            mayEnd.countDown();
            writer.write(BatchWriterTest::atOnce, batch(2));
            assertThat(stored).startsWith(batch(1));
        }
        assertThat(stored).containsExactly(batch(1), batch(2));
    }

    @Test
    void whatIsKnownOfSessionsIsKnownBehindTheBatchThatIsUnderWay() {
        CountDownLatch asked = new CountDownLatch(1);
        try (BatchWriter writer =
                new BatchWriter(
                        batch -> {
                            await(asked);
                            stored.add(batch);
                        },
                        known)) {
            writer.write(BatchWriterTest::atOnce, batch(1));
            asked.countDown();
            assertThat(writer.hasEnded(ENDED)).isTrue();
            assertThat(writer.leftBy(new LabName("lab"))).contains(Carried.nothing());
            assertThat(writer.begunWith(ENDED)).isEmpty();
        }
    }

    @Test
    void nothingIsStoredBehindABatchThatCouldNotBe() {
        IllegalStateException away = new IllegalStateException("the database is away");
        try (BatchWriter writer =
                new BatchWriter(
                        batch -> {
                            if (batch.equals(batch(2))) {
                                throw away;
                            }
                            stored.add(batch);
                        },
                        known)) {
            writer.write(BatchWriterTest::atOnce, batch(1));
            writer.write(BatchWriterTest::atOnce, batch(2));
            assertThatThrownBy(() -> writer.write(BatchWriterTest::atOnce, batch(3)))
                    .isSameAs(away);
            assertThatThrownBy(() -> writer.write(BatchWriterTest::atOnce, batch(4)))
                    .isSameAs(away);
            assertThatThrownBy(writer::settle).isSameAs(away);
            assertThatThrownBy(() -> writer.hasEnded(ENDED)).isSameAs(away);
        }
        assertThat(stored).containsExactly(batch(1));
    }

    @Test
    void whatMayNotBeStoredIsNot() {
        IllegalStateException away = new IllegalStateException("the broker is away");
        try (BatchWriter writer = new BatchWriter(stored::add, known)) {
            writer.write(BatchWriterTest::atOnce, batch(1));
            writer.write(
                    () -> {
                        assertThat(stored).containsExactly(batch(1));
                        throw away;
                    },
                    batch(2));
            assertThatThrownBy(writer::settle).isSameAs(away);
        }
        assertThat(stored).containsExactly(batch(1));
    }

    private static void atOnce() {}

    /** Ends a session; {@code number} tells it from the others. */
    private static Batch batch(long number) {
        return new Batch(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Effect.Closed(ENDED, Carried.nothing())),
                List.of(new Position("log", 0, number, 1)),
                List.of());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
