package kontor.analysis.store;

import java.util.List;
import kontor.analysis.sessions.Effect;
import kontor.analysis.sessions.OpenSession;
import kontor.analysis.state.StateChange;
import kontor.vocabulary.SessionId;

/**
 * Rows that are stored in one transaction.
 *
 * @param told what changed in the states of the games
 * @param opened sessions, each with the partition that it is in
 * @param swapped sessions in which another version of a user's analyzer has taken over; what they
 *     hold is stored before all else
 */
public record Batch(
        List<Effect.Found> found,
        List<Told> told,
        List<Opened> opened,
        List<Effect.Closed> closed,
        List<Position> positions,
        List<Effect.Swapped> swapped) {

    /** A session and where it is. */
    public record Opened(String topic, int partition, OpenSession session) {}

    /** A change in the state of a session's game. */
    public record Told(SessionId session, StateChange change) {}

    public Batch {
        told = List.copyOf(told);
        found = List.copyOf(found);
        opened = List.copyOf(opened);
        closed = List.copyOf(closed);
        positions = List.copyOf(positions);
        swapped = List.copyOf(swapped);
    }
}
