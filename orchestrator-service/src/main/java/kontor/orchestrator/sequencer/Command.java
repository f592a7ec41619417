package kontor.orchestrator.sequencer;

import java.util.List;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * What one adapter is to do because of one session event. (targetRun, sequence) identifies it for
 * ever: given again, it says the same.
 *
 * @param sequence 1, 2, 3 ... per target run; 0 in a fence
 * @param session null where the event belongs to the lab only
 * @param actions carried out in this order; none in a fence
 */
public record Command(
        LabName lab,
        InstanceName instance,
        RunId targetRun,
        long sequence,
        @Nullable SessionId session,
        long sessionSequence,
        long capturedAtMicros,
        List<Action> actions) {

    public Command {
        actions = List.copyOf(actions);
    }
}
