package kontor.adapter.relay;

import java.util.List;

/**
 * One command of the orchestrator.
 *
 * @param targetRun the run it is for, as text: it need not be ours, nor a UUID
 * @param sequence 1, 2, 3 ... per target run; 0 for what stands outside the numbering: fences,
 *     freezing and thawing
 * @param sessionId of the session event that it comes from
 * @param ownerEpoch which owner of the lab's log gave it
 * @param capturedAtMicros when the event was captured at the other game; 0 where none was
 * @param sequencedAtMicros when it got its place in the session; 0 where nobody says
 * @param actions carried out in this order, all of them; none: a fence
 */
public record Command(
        String targetRun,
        long sequence,
        String sessionId,
        long sessionSequence,
        long ownerEpoch,
        long capturedAtMicros,
        long sequencedAtMicros,
        List<Action> actions) {

    public Command {
        actions = List.copyOf(actions);
    }

    /** One that does not say when the event got its place. */
    public Command(
            String targetRun,
            long sequence,
            String sessionId,
            long sessionSequence,
            long ownerEpoch,
            long capturedAtMicros,
            List<Action> actions) {
        this(
                targetRun,
                sequence,
                sessionId,
                sessionSequence,
                ownerEpoch,
                capturedAtMicros,
                0,
                actions);
    }

    /** Freezing or thawing: outside the numbering, without receipt. */
    boolean unnumbered() {
        return sequence == 0 && !actions.isEmpty();
    }
}
