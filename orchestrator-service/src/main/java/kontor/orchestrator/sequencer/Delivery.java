package kontor.orchestrator.sequencer;

import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * One command that goes out because of a session event.
 *
 * @param altered null where the recipient is sent the event's own payload
 */
public record Delivery(
        InstanceName instance, RunId targetRun, long commandSequence, @Nullable Altered altered) {

    public Delivery(InstanceName instance, RunId targetRun, long commandSequence) {
        this(instance, targetRun, commandSequence, null);
    }
}
