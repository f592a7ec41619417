package kontor.orchestrator.sequencer;

import java.util.List;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * What of an event is not passed on to one recipient yet. It stands in the session event, so that
 * folding evaluates no rule and looks at no clock.
 *
 * @param number 1, 2, 3 ... per lab
 * @param rule that says so; empty for what only waits behind another
 * @param dueMicros when it goes on by itself, by the owner's clock; 0: as soon as nothing is before
 *     it
 * @param clearMicros when the way with a limited rate has passed it, by the clock of the sender's
 *     adapter; 0 where the way has no limit
 * @param copies so many times
 * @param bytes null where it is the event's own payload
 * @param freezeMicros how long the lab's games stand still for it at most; 0: they go on
 * @param codes rules in Java that are to say something of it before, in their order
 */
public record Waiting(
        long number,
        InstanceName to,
        String rule,
        Reason reason,
        long dueMicros,
        long clearMicros,
        int copies,
        @Nullable Bytes bytes,
        long freezeMicros,
        List<String> codes) {

    public Waiting {
        codes = List.copyOf(codes);
    }

    /** No rule in Java concerns it. */
    public Waiting(
            long number,
            InstanceName to,
            String rule,
            Reason reason,
            long dueMicros,
            long clearMicros,
            int copies,
            @Nullable Bytes bytes,
            long freezeMicros) {
        this(
                number,
                to,
                rule,
                reason,
                dueMicros,
                clearMicros,
                copies,
                bytes,
                freezeMicros,
                List.of());
    }

    /** What it waits for. */
    public enum Reason {
        PERSON,
        NETWORK,
        /** What is before it on its way. */
        BEHIND,
        /** What rules in Java say of it, and nothing else. */
        CODE
    }
}
