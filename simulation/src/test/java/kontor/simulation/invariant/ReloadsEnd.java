package kontor.simulation.invariant;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        return "Each reload that was asked for completes or fails, even if processes die meanwhile;"
                + " the process that it says to have taken over has claimed the log, and not the"
                + " one that was replaced; an owner that has taken over fails it no more; and"
                + " nothing that an owner decides is in vain";
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
        if (!reloads.inVain().isEmpty()) {
            throw new Violation(
                    ReloadsEnd.class, "decided without knowing the rest: " + reloads.inVain());
        }
        Map<Long, String> owners = new HashMap<>();
        for (LogRecord record : evidence.topics().log().records()) {
            if (record instanceof LogRecord.Claim claim) {
                owners.putIfAbsent(claim.epoch(), claim.ownerId());
            }
        }
        for (List<ReloadStatus> phases : reloads.phases().values()) {
            phases.forEach(status -> tookOver(status, owners.values()));
            notFailedByWhoTookOver(phases, owners);
        }
    }

    private static void notFailedByWhoTookOver(
            List<ReloadStatus> phases, Map<Long, String> owners) {
        ReloadStatus last = phases.getLast();
        if (phases.size() < 2 || last.phase() != Phase.FAILED) {
            return;
        }
        Phase failed = phases.get(phases.size() - 2).phase();
        @Nullable ProcessId before = last.before();
        boolean handedOver = failed == Phase.RESTARTING || failed == Phase.HANDING_OVER;
        if (handedOver && before != null && !before.value().equals(owners.get(last.ownerEpoch()))) {
            throw new Violation(ReloadsEnd.class, "had been taken over, and failed: " + last);
        }
    }

    private static void tookOver(ReloadStatus status, Collection<String> owners) {
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
