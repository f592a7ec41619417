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

    @Override
    public void check(Evidence evidence) {
        Map<Long, LogRecord.Release> released = new HashMap<>();
        for (LogRecord record : evidence.topics().log().records()) {
            LogRecord.@Nullable Release release = released.get(record.epoch());
            if (release != null) {
                throw new Violation(
                        ReleaseIsLast.class, "behind %s stands %s".formatted(release, record));
            }
            if (record instanceof LogRecord.Release last) {
                released.put(last.epoch(), last);
            }
        }
    }
}
