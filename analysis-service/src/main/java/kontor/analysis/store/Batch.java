package kontor.analysis.store;

import java.util.List;
import kontor.analysis.sessions.Effect;
import kontor.analysis.sessions.OpenSession;

/**
 * What is stored at once.
 *
 * @param opened sessions, each with the partition that it is in
 */
public record Batch(
        List<Effect.Found> found,
        List<Opened> opened,
        List<Effect.Closed> closed,
        List<Position> positions) {

    /** A session and where it is. */
    public record Opened(String topic, int partition, OpenSession session) {}

    public Batch {
        found = List.copyOf(found);
        opened = List.copyOf(opened);
        closed = List.copyOf(closed);
        positions = List.copyOf(positions);
    }
}
