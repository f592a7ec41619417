package kontor.gateway.statistics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import kontor.gateway.statistics.TrafficStatistics.Seconds;
import org.jspecify.annotations.Nullable;

/**
 * Counts by second, in at most {@link #MOST_PLACES} places: where these do not reach, each becomes
 * twice as wide. What is before the first message is counted with it. Not thread-safe.
 */
final class SecondCounts {

    static final int MOST_PLACES = 600;

    private final long[] messages = new long[MOST_PLACES];
    private final long[] bytes = new long[MOST_PLACES];
    private @Nullable Instant from;
    private int width = 1;
    private int used;

    void add(Instant at, int length) {
        if (from == null) {
            from = at.truncatedTo(ChronoUnit.SECONDS);
        }
        long second = Math.max(0, at.getEpochSecond() - from.getEpochSecond());
        while (second / width >= MOST_PLACES) {
            widen();
        }
        int place = (int) (second / width);
        messages[place]++;
        bytes[place] += length;
        used = Math.max(used, place + 1);
    }

    private void widen() {
        for (int i = 0; i < MOST_PLACES; i++) {
            int left = 2 * i;
            messages[i] = left < MOST_PLACES ? messages[left] + messages[left + 1] : 0;
            bytes[i] = left < MOST_PLACES ? bytes[left] + bytes[left + 1] : 0;
        }
        used = (used + 1) / 2;
        width = Math.multiplyExact(width, 2);
    }

    Seconds result() {
        return new Seconds(from, width, list(messages), list(bytes));
    }

    private List<Long> list(long[] counts) {
        List<Long> list = new ArrayList<>(used);
        for (int i = 0; i < used; i++) {
            list.add(counts[i]);
        }
        return list;
    }
}
