package kontor.orchestrator.sequencer;

import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A datagram that waits.
 *
 * @param number 1, 2, 3 ... per lab
 * @param rule that says so; empty for what only waits behind another
 * @param dueMicros when it goes on by itself; 0: as soon as nothing is before it
 * @param bytes what rules have made of it
 * @param heldAtMicros by the owner's clock
 * @param capturedAtMicros by the adapter's clock
 * @param session null where none was running
 * @param sessionSequence of the event that brought it
 */
public record Held(
        long number,
        Lane lane,
        String rule,
        Waiting.Reason reason,
        long dueMicros,
        int copies,
        Bytes bytes,
        long heldAtMicros,
        long capturedAtMicros,
        @Nullable SessionId session,
        long sessionSequence) {

    /** A way on which nothing passes what waits. */
    public record Lane(InstanceName from, int fromPort, InstanceName to, int toPort) {}
}
