package kontor.analysis.analyzer;

import java.util.List;
import kontor.analysis.reassembly.StreamBoundary;

/**
 * One session under one analyzer. Not thread-safe; bounded in memory whatever comes.
 *
 * <p>Deterministic: the same inputs in the same order give the same messages, which is how a
 * restarted service comes to the same state.
 */
public interface SessionAnalysis {

    /**
     * The messages that became whole with this event, in order. Every byte of payload is in exactly
     * one message sooner or later.
     */
    List<Message> on(SessionInput input);

    /**
     * Where the streams stand that are still open, for the lab's next session. Asked when the
     * session is over, after its last input.
     */
    default List<StreamBoundary> boundaries() {
        return List.of();
    }
}
