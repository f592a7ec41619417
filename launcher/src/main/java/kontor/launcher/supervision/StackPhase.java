package kontor.launcher.supervision;

/** Where the whole stack is. */
public enum StackPhase {
    STARTING,
    /** All that is wanted is ready. */
    READY,
    /** A process died. The others go on. */
    IMPAIRED,
    STOPPING,
    STOPPED
}
