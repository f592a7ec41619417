package kontor.launcher.snapshots;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot is of; stands beside its images as JSON.
 *
 * @param name by which it is asked for
 * @param lab whose games they are
 * @param session the running one then
 * @param sequence of its event that says of the last game that it stands still
 * @param takenAt by this machine's clock, when the games were asked to stand still
 * @param games by their names, in the lab's order
 * @param screens the processes of the games' screens, by the games' names; they have the same ids
 *     when they are restored. Null in what an earlier version has written: there were none
 */
public record SnapshotManifest(
        String name,
        String lab,
        String session,
        long sequence,
        Instant takenAt,
        List<String> games,
        @Nullable Map<String, List<Long>> screens) {

    public SnapshotManifest {
        games = List.copyOf(games);
        screens = screens == null ? Map.of() : Map.copyOf(screens);
    }

    /** The processes of a game's screen; none where it had none. */
    List<Long> screen(String game) {
        return screens == null ? List.of() : screens.getOrDefault(game, List.of());
    }
}
