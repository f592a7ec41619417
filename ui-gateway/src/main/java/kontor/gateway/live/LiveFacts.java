package kontor.gateway.live;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kontor.filters.Filter;
import kontor.filters.evaluation.EventFacts;
import kontor.filters.evaluation.MessageFacts;
import kontor.filters.evaluation.SessionRow;
import kontor.filters.fields.BuiltInFields;
import org.jspecify.annotations.Nullable;

/**
 * What filters ask about the newest events of a session: with their payloads and the fields of
 * their messages, up to a number of bytes. What it no longer has, the database decides.
 *
 * <p>Thread-safe: one thread appends, many ask.
 */
final class LiveFacts {

    /** What an entry takes beside its payload, roughly. */
    private static final int EVENT_BYTES = 400;

    private static final int MESSAGE_BYTES = 600;
    private static final int VALUE_BYTES = 120;

    private static final class Entry {
        private @Nullable EventFacts event;
        private final Map<String, List<MessageFacts>> messages = new HashMap<>();
        private long bytes;
    }

    private final long mostBytes;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long bytes;

    /** Up to here something may have been dropped. */
    private long floor;

    /** Null until the session's first event is heard. */
    private @Nullable Instant sessionStartedAt;

    LiveFacts(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Takes an event; a repeat changes nothing. */
    synchronized void onEvent(EventFacts event) {
        if (event.sessionStartedAt() != null) {
            sessionStartedAt = event.sessionStartedAt();
        }
        if (event.sequence() <= floor) {
            return;
        }
        Entry entry = entries.computeIfAbsent(event.sequence(), s -> new Entry());
        if (entry.event == null) {
            entry.event = event;
            int payload = event.payload() == null ? 0 : event.payload().latin1().length();
            grow(entry, EVENT_BYTES + payload);
        }
    }

    /** Takes what an analyzer found at an event; a repeat changes nothing. */
    synchronized void onResult(long sequence, String analyzer, List<MessageFacts> messages) {
        if (sequence <= floor) {
            return;
        }
        Entry entry = entries.computeIfAbsent(sequence, s -> new Entry());
        if (entry.messages.putIfAbsent(analyzer, List.copyOf(messages)) == null) {
            int values = messages.stream().mapToInt(m -> m.fields().size()).sum();
            grow(entry, (long) messages.size() * MESSAGE_BYTES + (long) values * VALUE_BYTES);
        }
    }

    /**
     * Takes what another version of an analyzer found at an event that has been heard; its messages
     * take the place of those of the version before.
     */
    synchronized void onAnotherResult(long sequence, String analyzer, List<MessageFacts> messages) {
        @Nullable Entry entry = entries.get(sequence);
        if (entry != null) {
            entry.messages.put(analyzer, List.copyOf(messages));
        }
    }

    private void grow(Entry entry, long more) {
        entry.bytes += more;
        bytes += more;
        while (bytes > mostBytes) {
            Map.Entry<Long, Entry> oldest = entries.pollFirstEntry();
            floor = oldest.getKey();
            bytes -= oldest.getValue().bytes;
        }
    }

    /**
     * Those of these events that a filter finds, each with the messages that were heard.
     *
     * @return empty where one of the events is not here, the session's start is not known and asked
     *     for, or markers are, which only the database has
     */
    synchronized Optional<Set<Long>> among(Collection<Long> sequences, Filter filter) {
        if (filter.fields().contains(BuiltInFields.MARKER.name())) {
            return Optional.empty();
        }
        if (sessionStartedAt == null
                && filter.fields().contains(BuiltInFields.TIME_RELATIVE.name())) {
            return Optional.empty();
        }
        Set<Long> found = new HashSet<>();
        for (long sequence : sequences) {
            @Nullable Entry entry = entries.get(sequence);
            if (entry == null || entry.event == null) {
                return Optional.empty();
            }
            List<MessageFacts> messages =
                    entry.messages.values().stream().flatMap(List::stream).toList();
            if (filter.test(new SessionRow(entry.event.in(sessionStartedAt), messages))) {
                found.add(sequence);
            }
        }
        return Optional.of(found);
    }
}
