package kontor.orchestrator.sequencer;

import static java.util.Objects.requireNonNull;

import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection across two adapters.
 *
 * @param targetRun null where there was nobody to connect to
 * @param openerDone whether the opener has ended its output
 * @param targetDone whether the target has
 * @param reset whether it is over for another reason than both being done
 */
public record TcpFlow(
        FlowReference reference,
        FlowEnd opener,
        FlowEnd target,
        @Nullable RunId targetRun,
        boolean openerDone,
        boolean targetDone,
        boolean reset) {

    boolean closed() {
        return reset || (openerDone && targetDone);
    }

    boolean isOpener(RunId run) {
        return run.equals(reference.run());
    }

    boolean touches(RunId run) {
        return isOpener(run) || run.equals(targetRun);
    }

    boolean done(boolean openersSide) {
        return openersSide ? openerDone : targetDone;
    }

    /** Who sits at the end that {@code openersSide} does not name. Only for flows with a target. */
    InstanceName otherEnd(boolean openersSide) {
        return requireNonNull((openersSide ? target : opener).instance());
    }

    TcpFlow withDone(boolean openersSide) {
        return new TcpFlow(
                reference,
                opener,
                target,
                targetRun,
                openerDone || openersSide,
                targetDone || !openersSide,
                reset);
    }

    TcpFlow withReset() {
        return new TcpFlow(reference, opener, target, targetRun, openerDone, targetDone, true);
    }
}
