package kontor.launcher.snapshots;

/** Nothing was changed; the message is the reason, as a sentence without its end. */
public final class SnapshotRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    SnapshotRefusedException(String reason) {
        super(reason);
    }

    /** CRIU needs root, which only such stacks have, and a tree of processes for each game. */
    static SnapshotRefusedException withoutNetworks() {
        return new SnapshotRefusedException(
                "the games of this stack are not in network namespaces of their own (kontor up"
                        + " --netns)");
    }

    /** Games that cannot be frozen cannot be taken at one moment. */
    static SnapshotRefusedException withoutGroups() {
        return new SnapshotRefusedException("this machine has no control groups for games");
    }
}
