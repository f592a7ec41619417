package kontor.launcher.snapshots;

import java.time.Instant;
import java.util.List;

/**
 * What a snapshot is of; stands beside its images as JSON.
 *
 * @param name by which it is asked for
 * @param lab whose games they are
 * @param session the running one then
 * @param sequence of its event that says of the last game that it stands still
 * @param takenAt by this machine's clock, when the games were asked to stand still
 * @param games by their names, in the lab's order
 */
public record SnapshotManifest(
        String name,
        String lab,
        String session,
        long sequence,
        Instant takenAt,
        List<String> games) {

    public SnapshotManifest {
        games = List.copyOf(games);
    }
}
