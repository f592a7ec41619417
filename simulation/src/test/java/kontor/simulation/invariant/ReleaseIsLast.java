package kontor.simulation.invariant;

import java.util.HashMap;
import java.util.Map;
import kontor.orchestrator.ownership.LogRecord;
import org.jspecify.annotations.Nullable;

/** ADR 0008. */
public final class ReleaseIsLast implements Invariant {

    @Override
    public String sentence() {
        return "Behind an owner's release nothing of it stands in the session log";
    }

    /** Of two claims with one epoch the first counts: the other may come late, and is nothing. */
    private static boolean isOfALoser(LogRecord record, LogRecord.Release release) {
        return record instanceof LogRecord.Claim claim
                && !claim.ownerId().equals(release.ownerId());
    }

    @Override
    public void check(Evidence evidence) {
        Map<Long, LogRecord.Release> released = new HashMap<>();
        for (LogRecord record : evidence.topics().log().records()) {
            LogRecord.@Nullable Release release = released.get(record.epoch());
            if (release != null && !isOfALoser(record, release)) {
                throw new Violation(
                        ReleaseIsLast.class, "behind %s stands %s".formatted(release, record));
            }
            if (record instanceof LogRecord.Release last) {
                released.put(last.epoch(), last);
            }
        }
    }
}
