package kontor.launcher.supervision;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which news of reloads count: the rules of {@code ReloadStatus}, for one lab. */
final class ReloadOrder {

    private final Map<String, ReloadNews.Phase> reached = new HashMap<>();
    private long highestEpoch;
    private @Nullable String running;

    /** An orchestrator has said that it owns the log. */
    void ownerSpoke(long epoch) {
        highestEpoch = Math.max(highestEpoch, epoch);
    }

    /** Takes note of it, if it counts. */
    boolean counts(ReloadNews news) {
        if (news.ownerEpoch() < highestEpoch) {
            return false;
        }
        highestEpoch = news.ownerEpoch();
        ReloadNews.@Nullable Phase before = reached.get(news.reloadId());
        if (before != null && (before.last() || news.phase().compareTo(before) <= 0)) {
            return false;
        }
        boolean refused = before == null && news.phase() == ReloadNews.Phase.FAILED;
        if (before == null && running != null && !refused) {
            return false;
        }
        reached.put(news.reloadId(), news.phase());
        if (!refused) {
            running = news.phase().last() ? null : news.reloadId();
        }
        return true;
    }
}
