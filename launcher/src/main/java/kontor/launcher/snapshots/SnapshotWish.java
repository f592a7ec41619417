package kontor.launcher.snapshots;

import java.time.Instant;

/**
 * What somebody wants done with a snapshot.
 *
 * @param id of the request
 * @param askedAt by the clock of who asked
 */
public record SnapshotWish(String id, Instant askedAt, Act act) {

    /** What is to be done. */
    public sealed interface Act {

        /** Write all games to disk, under this name. */
        record Take(String name) implements Act {}

        /** Let the games of the snapshot of this name go on from there. */
        record Restore(String name) implements Act {}
    }
}
