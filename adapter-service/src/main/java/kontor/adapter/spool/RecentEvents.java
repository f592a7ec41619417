package kontor.adapter.spool;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a spool in memory, by where they begin, without gaps up to the spool's end.
 * Not thread-safe.
 */
final class RecentEvents {

    /** What an event takes up beside its message, roughly. */
    private static final long OVERHEAD_BYTES = 150;

    private final TreeMap<Long, SpooledEvent> events = new TreeMap<>();
    private long bytes;

    void add(long start, SpooledEvent event) {
        events.put(start, event);
        bytes += bytesOf(event);
    }

    /** The event that begins there, if it is one of these. */
    @Nullable SpooledEvent at(long start) {
        return events.get(start);
    }

    /** Returns where the first of them begins; {@code otherwise} if there is none. */
    long start(long otherwise) {
        return events.isEmpty() ? otherwise : events.firstKey();
    }

    /** Those that begin there or later, in order. */
    List<Map.Entry<Long, SpooledEvent>> from(long start) {
        return List.copyOf(events.tailMap(start).entrySet());
    }

    void forgetBefore(long position) {
        while (!events.isEmpty() && events.firstKey() < position) {
            forgetOldest();
        }
    }

    /** Forgets the oldest until the others take up no more than this. */
    void shrinkTo(long mostBytes) {
        while (bytes > mostBytes && !events.isEmpty()) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        bytes -= bytesOf(events.pollFirstEntry().getValue());
    }

    private static long bytesOf(SpooledEvent event) {
        return OVERHEAD_BYTES + event.message().length();
    }
}
