package kontor.launcher.snapshots;

import java.util.List;
import java.util.Optional;

/**
 * What a launcher says of its lab's snapshots.
 *
 * @param refusal why none can be taken or restored, as a sentence without its end; empty if they
 *     can
 * @param snapshots the earliest first
 * @param outcome what became of a wish, if that is why it is said
 */
public record SnapshotNews(
        Optional<String> refusal, List<SnapshotManifest> snapshots, Optional<Outcome> outcome) {

    /** How far a wish has come. */
    public enum State {
        RUNNING,
        DONE,
        /** Nothing was changed. */
        REFUSED,
        FAILED
    }

    /**
     * What became of a wish.
     *
     * @param detail why it was refused or failed; else empty
     * @param session that a restore has begun; else empty
     */
    public record Outcome(String wish, State state, String detail, String session) {}

    public SnapshotNews {
        snapshots = List.copyOf(snapshots);
    }
}
