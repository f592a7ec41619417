package kontor.orchestrator.reload;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import kontor.orchestrator.sequencer.BoundedMap;
import org.jspecify.annotations.Nullable;

/**
 * The freezes of a lab's games that somebody asked for, folded; decides nothing. The last one
 * counts. Bounded.
 */
final class FreezesByHand {

    /** A repeated request for one that ended longer ago would freeze the games again. */
    static final int ENDED_KEPT = 256;

    private final Set<ReloadId> ended = Collections.newSetFromMap(ended());
    private @Nullable ByHand last;

    /**
     * A freeze that was not ended yet; whether its time is up, the clock knows.
     *
     * @param untilMicros then the adapters thaw by themselves
     */
    record ByHand(ReloadId id, long untilMicros) {}

    private static Map<ReloadId, Boolean> ended() {
        return new BoundedMap<>(ENDED_KEPT);
    }

    void fold(Input.FreezeWanted wanted) {
        boolean isRepeat = last != null && last.id().equals(wanted.id());
        if (isRepeat || ended.contains(wanted.id())) {
            return;
        }
        // No thaw for the one before: adapters put the later freeze in its place.
        last = new ByHand(wanted.id(), wanted.untilMicros());
    }

    /** Also of a freeze that this process never heard of: its request may lie too far back. */
    void fold(Input.ThawWanted wanted) {
        ended.add(wanted.id());
        if (last != null && last.id().equals(wanted.id())) {
            last = null;
        }
    }

    /** The games go on for another reason. */
    void end() {
        if (last != null) {
            ended.add(last.id());
            last = null;
        }
    }

    /** The freeze that is to hold the games now; null for none. */
    @Nullable ByHand wanted(long nowMicros) {
        return last == null || last.untilMicros() <= nowMicros ? null : last;
    }

    /** The freeze that holds a game though it was ended; null for none. */
    @Nullable ReloadId overdue(String freezeId) {
        for (ReloadId id : ended) {
            if (id.toString().equals(freezeId)) {
                return id;
            }
        }
        return null;
    }
}
