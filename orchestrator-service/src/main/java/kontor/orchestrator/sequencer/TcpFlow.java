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
 * @param openerWrote how many bytes the opener has written
 * @param targetWrote how many the target has
 */
public record TcpFlow(
        FlowReference reference,
        FlowEnd opener,
        FlowEnd target,
        @Nullable RunId targetRun,
        boolean openerDone,
        boolean targetDone,
        boolean reset,
        long openerWrote,
        long targetWrote) {

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
                reset,
                openerWrote,
                targetWrote);
    }

    TcpFlow withReset() {
        return new TcpFlow(
                reference,
                opener,
                target,
                targetRun,
                openerDone,
                targetDone,
                true,
                openerWrote,
                targetWrote);
    }

    long wrote(boolean openersSide) {
        return openersSide ? openerWrote : targetWrote;
    }

    TcpFlow withWritten(boolean openersSide, long streamEnd) {
        return new TcpFlow(
                reference,
                opener,
                target,
                targetRun,
                openerDone,
                targetDone,
                reset,
                openersSide ? streamEnd : openerWrote,
                openersSide ? targetWrote : streamEnd);
    }
}
