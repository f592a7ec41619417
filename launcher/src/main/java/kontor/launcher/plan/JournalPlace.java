package kontor.launcher.plan;

/** Where a stack keeps its journal. In each there is exactly one. */
public enum JournalPlace {
    /** In the orchestrator's process. */
    HOSTED,

    /**
     * In a process of its own: what it does to its memory or processor, the relay does not feel.
     */
    OWN
}
