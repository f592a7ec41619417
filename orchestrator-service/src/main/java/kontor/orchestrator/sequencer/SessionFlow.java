package kontor.orchestrator.sequencer;

import kontor.vocabulary.FlowReference;
import org.jspecify.annotations.Nullable;

/**
 * The flow of a session event.
 *
 * @param number 1, 2, 3 ... per session in order of appearance
 * @param fromOpener whether this event came from the opener's side
 * @param reference the TCP flow's; null with UDP, and only there
 */
public record SessionFlow(
        int number,
        FlowEnd opener,
        FlowEnd target,
        boolean fromOpener,
        @Nullable FlowReference reference) {

    SessionFlow seenFrom(boolean openersSide) {
        return openersSide == fromOpener
                ? this
                : new SessionFlow(number, opener, target, openersSide, reference);
    }
}
