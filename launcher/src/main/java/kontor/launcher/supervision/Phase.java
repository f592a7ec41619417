package kontor.launcher.supervision;

/** Where a process is in its life. */
public enum Phase {
    /** For what it needs, or for a place among those starting. */
    WAITING,
    STARTING,
    READY,
    /** Asked to end. */
    STOPPING,
    /** Ended because it was asked to, or never started. */
    STOPPED,
    /** Ended without having been asked, or could not be started. */
    DIED;

    /** Whether there is, or is about to be, a process. */
    public boolean live() {
        return switch (this) {
            case STARTING, READY, STOPPING -> true;
            case WAITING, STOPPED, DIED -> false;
        };
    }
}
