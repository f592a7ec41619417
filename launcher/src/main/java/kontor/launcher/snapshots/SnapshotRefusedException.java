package kontor.launcher.snapshots;

/** Nothing was changed; the message is the reason, as a sentence without its end. */
public final class SnapshotRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    SnapshotRefusedException(String reason) {
        super(reason);
    }

    /** Games that cannot be frozen cannot be taken at one moment. */
    public static SnapshotRefusedException withoutGroups() {
        return new SnapshotRefusedException("this machine has no control groups for games");
    }
}
