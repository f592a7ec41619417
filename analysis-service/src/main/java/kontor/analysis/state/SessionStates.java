package kontor.analysis.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.analysis.sessions.Effect;
import kontor.vocabulary.SessionId;

/**
 * The states of all games of one partition. Fed with every effect of the partition's log, those
 * that were stored earlier too: so after a restart it knows what had changed before. Not
 * thread-safe.
 */
public final class SessionStates {

    private final Map<SessionId, GameState> running = new HashMap<>();

    /** What an effect changes in the state of its session's game. */
    public List<StateChange> on(Effect effect) {
        return switch (effect) {
            case Effect.Found found ->
                    running.computeIfAbsent(found.session(), session -> new GameState())
                            .on(found.sequence(), found.messages());
            case Effect.Closed closed -> {
                running.remove(closed.session());
                yield List.of();
            }
            case Effect.Opened _,
                    Effect.Ignored _,
                    Effect.Swapped _,
                    Effect.Suspended _,
                    Effect.UnreadClaim _,
                    Effect.Missed _,
                    Effect.Failed _ ->
                    List.of();
        };
    }

    /** Sessions with a state. */
    int size() {
        return running.size();
    }
}
