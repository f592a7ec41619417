package kontor.simulation.invariant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.reload.Phase;
import kontor.orchestrator.reload.ProcessId;
import kontor.orchestrator.reload.ReloadId;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.simulation.world.Request;
import org.jspecify.annotations.Nullable;

/** ADR 0009. */
public final class ReloadsEnd implements Invariant {

    @Override
    public String sentence() {
        return "Each reload that was asked for completes or fails, whoever dies meanwhile; the"
                + " process that it says to have taken over has claimed the log, and not the one"
                + " that was replaced";
    }

    @Override
    public void check(Evidence evidence) {
        CountedReloads reloads = new CountedReloads();
        for (Request record : evidence.topics().control().records()) {
            @Nullable ReloadStatus _ = reloads.read(record);
        }
        List<ReloadId> unanswered = reloads.unanswered();
        if (!unanswered.isEmpty()) {
            throw new Violation(ReloadsEnd.class, "nobody has ended " + unanswered);
        }
        Set<String> owners = new HashSet<>();
        for (LogRecord record : evidence.topics().log().records()) {
            if (record instanceof LogRecord.Claim claim) {
                owners.add(claim.ownerId());
            }
        }
        for (List<ReloadStatus> phases : reloads.phases().values()) {
            phases.forEach(status -> tookOver(status, owners));
        }
    }

    private static void tookOver(ReloadStatus status, Set<String> owners) {
        @Nullable ProcessId after = status.after();
        boolean over =
                status.phase() == Phase.VERIFYING
                        || status.phase() == Phase.THAWING
                        || status.phase() == Phase.COMPLETED;
        if (over
                && (after == null
                        || after.equals(status.before())
                        || !owners.contains(after.value()))) {
            throw new Violation(ReloadsEnd.class, "nobody took over: " + status);
        }
    }
}
