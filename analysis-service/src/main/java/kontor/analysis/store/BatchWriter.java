package kontor.analysis.store;

import java.util.Optional;
import java.util.function.Consumer;
import kontor.analysis.sessions.Carried;
import kontor.analysis.sessions.KnownSessions;
import kontor.database.WriteBehind;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;

/**
 * Stores batches in a thread of its own, in the order in which they come, while the caller makes
 * the next. At most one is under way. After a batch that could not be stored, none is, and every
 * method throws what storing it threw.
 *
 * <p>As {@link KnownSessions} it answers once all that it was given is stored. Used by one thread.
 */
public final class BatchWriter implements KnownSessions, AutoCloseable {

    private final Consumer<Batch> store;
    private final KnownSessions stored;
    private final WriteBehind writing = new WriteBehind("kontor-analysis-store");

    public BatchWriter(AnalysisStore store) {
        this(store::store, store);
    }

    /**
     * @param store stores a batch; whatever it throws ends this writer's work
     * @param stored answers from what is stored
     */
    BatchWriter(Consumer<Batch> store, KnownSessions stored) {
        this.store = store;
        this.stored = stored;
    }

    /**
     * Begins to store a batch as soon as the one before is stored, for which it blocks.
     *
     * @param before blocks until the batch may be stored; where it throws, the batch is not
     */
    public void write(Runnable before, Batch batch) {
        writing.begin(() -> {
            before.run();
            store.accept(batch);
        });
    }

    /** Blocks until all that was given is stored. */
    public void settle() {
        writing.settle();
    }

    @Override
    public boolean hasEnded(SessionId session) {
        settle();
        return stored.hasEnded(session);
    }

    @Override
    public Optional<Carried> begunWith(SessionId session) {
        settle();
        return stored.begunWith(session);
    }

    @Override
    public Optional<Carried> leftBy(LabName lab) {
        settle();
        return stored.leftBy(lab);
    }

    /** Blocks until no batch is under way, be it stored or not. */
    @Override
    public void close() {
        writing.close();
    }
}
