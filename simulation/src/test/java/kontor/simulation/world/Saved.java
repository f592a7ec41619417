package kontor.simulation.world;

import kontor.orchestrator.ownership.Checkpoint;

/** A record of {@code kontor.orchestrator-state}. */
public sealed interface Saved {

    /**
     * @param offset where the log had its last record
     */
    record Whole(Checkpoint checkpoint, int offset) implements Saved {}

    /** Damaged, deleted, or of a version that nobody knows. */
    record Unreadable() implements Saved {}
}
