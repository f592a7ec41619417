package kontor.journal.ledger;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far the journal has come in one session. Mutable; belongs to its {@link Ledger}, on one
 * thread.
 */
public final class SessionProgress {

    private long highestSequence;
    private final Map<Integer, FlowProgress> flows;

    /**
     * As the tables have it.
     *
     * @param highestSequence the highest one journalled; 0: the session is not known yet
     */
    public SessionProgress(long highestSequence, Map<Integer, FlowProgress> flows) {
        this.highestSequence = highestSequence;
        this.flows = new TreeMap<>(flows);
    }

    static SessionProgress none() {
        return new SessionProgress(0, Map.of());
    }

    long highestSequence() {
        return highestSequence;
    }

    void advanceTo(long sequence) {
        highestSequence = sequence;
    }

    /** By session flow number, rising. */
    Map<Integer, FlowProgress> flows() {
        return flows;
    }
}
