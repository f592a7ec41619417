package kontor.orchestrator.reload;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the control topic that knows nothing but the rules at ReloadStatus in
 * control_event.proto, written down a second time.
 */
final class CountedRecords {

    private final Map<ReloadId, Phase> phases = new HashMap<>();
    private final Set<ReloadId> ended = new HashSet<>();
    private @Nullable ReloadId running;
    private long epoch;

    /**
     * @return whether the record changed anything
     */
    boolean read(Input record) {
        return switch (record) {
            case Input.ProcessHeard heard -> {
                epoch = Math.max(epoch, heard.ownerEpoch());
                yield false;
            }
            case Input.Recorded recorded -> read(recorded.status());
            case Input.Wanted _,
                    Input.FreezeWanted _,
                    Input.ThawWanted _,
                    Input.AdapterHeard _,
                    Input.FreezeAnswered _,
                    Input.ContinuityHeard _,
                    Input.ContinuityAwaited _,
                    Input.Tick _ ->
                    false;
        };
    }

    private boolean read(ReloadStatus status) {
        if (status.ownerEpoch() < epoch) {
            return false;
        }
        epoch = status.ownerEpoch();
        ReloadId id = status.id();
        @Nullable Phase before = phases.get(id);
        boolean refusal = before == null && status.phase() == Phase.FAILED;
        if (ended.contains(id)
                || (before != null && status.phase().compareTo(before) <= 0)
                || (before == null && running != null && !refusal)) {
            return false;
        }
        phases.put(id, status.phase());
        if (status.phase() == Phase.COMPLETED || status.phase() == Phase.FAILED) {
            ended.add(id);
            if (id.equals(running)) {
                running = null;
            }
        } else {
            running = id;
        }
        return true;
    }

    long epoch() {
        return epoch;
    }

    @Nullable Phase phase(ReloadId id) {
        return phases.get(id);
    }

    @Nullable ReloadId running() {
        return running;
    }
}
