package kontor.simulation.invariant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.Phase;
import kontor.orchestrator.reload.ReloadId;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.simulation.world.Request;
import org.jspecify.annotations.Nullable;

/**
 * What the control topic says of reloads, as a reader takes it who knows nothing but the rules at
 * ReloadStatus in {@code control_event.proto}. Written apart from the coordinator's own reader, to
 * be held against it.
 */
public final class CountedReloads {

    private final Map<ReloadId, List<ReloadStatus>> counted = new HashMap<>();
    private final List<ReloadId> wanted = new ArrayList<>();
    private final List<ReloadStatus> inVain = new ArrayList<>();
    private @Nullable ReloadId running;
    private long epoch;

    /**
     * @return the phase that begins; null where it is none, or does not count
     */
    public @Nullable ReloadStatus read(Request record) {
        if (!(record instanceof Request.Heard(Input what, var _))) {
            return null;
        }
        return switch (what) {
            case Input.Wanted request -> {
                wanted.add(request.id());
                yield null;
            }
            case Input.ProcessHeard heard -> {
                epoch = Math.max(epoch, heard.ownerEpoch());
                yield null;
            }
            case Input.Recorded recorded -> count(recorded.status());
            case Input.FreezeWanted _,
                    Input.ThawWanted _,
                    Input.AdapterHeard _,
                    Input.FreezeAnswered _,
                    Input.ContinuityHeard _,
                    Input.ContinuityAwaited _,
                    Input.Tick _ ->
                    null;
        };
    }

    private @Nullable ReloadStatus count(ReloadStatus status) {
        if (status.ownerEpoch() < epoch) {
            return null;
        }
        epoch = status.ownerEpoch();
        List<ReloadStatus> before = counted.getOrDefault(status.id(), List.of());
        boolean refusal = before.isEmpty() && status.phase() == Phase.FAILED;
        boolean another = before.isEmpty() && running != null && !refusal;
        boolean behind = before.isEmpty() || status.phase().compareTo(before.getLast().phase()) > 0;
        if (another || !behind || (!before.isEmpty() && isOver(before.getLast()))) {
            inVain.add(status);
            return null;
        }
        counted.computeIfAbsent(status.id(), _ -> new ArrayList<>()).add(status);
        if (!isOver(status)) {
            running = status.id();
        } else if (status.id().equals(running)) {
            running = null;
        }
        return status;
    }

    private static boolean isOver(ReloadStatus status) {
        return status.phase() == Phase.COMPLETED || status.phase() == Phase.FAILED;
    }

    /** What the owner of its time decided, and what does not count all the same. */
    List<ReloadStatus> inVain() {
        return inVain;
    }

    /** The phases of each reload that counts, in order. */
    Map<ReloadId, List<ReloadStatus>> phases() {
        return counted;
    }

    /** Those that were asked for and have neither completed nor failed. */
    public List<ReloadId> unanswered() {
        return wanted.stream()
                .filter(id -> {
                    List<ReloadStatus> phases = counted.getOrDefault(id, List.of());
                    return phases.isEmpty() || !isOver(phases.getLast());
                })
                .toList();
    }
}
