package kontor.gateway.events;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * How far a reader of a session has come. Analysis comes after the events, so there are two places.
 *
 * <p>As text {@code <session>:<sequence>:<results>[:<mark>.<mark>]}; {@code <session>:<sequence>}
 * means that the results stand there too. What is behind the sequence is opaque to browsers.
 *
 * @param events the session sequence up to which all events have been had
 * @param results the one up to which all analysis results have been had, apart from those ...
 * @param marks ... that other analyzers than these may have given at exactly that sequence
 */
public record FeedCursor(UUID session, long events, long results, Set<String> marks) {

    private static final Pattern FORM =
            Pattern.compile(
                    "([0-9a-fA-F-]{36}):([0-9]{1,18})(?::([0-9]{1,18})(?::([0-9a-f.]{8,200}))?)?");

    /** Not an analyzer: the event at {@code results} was let through by a filter. */
    public static final String EVENT_SENT = "e0000000e";

    /** Stands for every analyzer. */
    private static final String ALL = "all";

    public FeedCursor {
        marks = Set.copyOf(marks);
    }

    /** Behind this event and the results that came with it and before. */
    public static FeedCursor at(UUID session, long sequence) {
        return new FeedCursor(session, sequence, sequence, Set.of(ALL));
    }

    /** Empty where the text is no cursor. */
    public static Optional<FeedCursor> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        UUID session;
        try {
            session = UUID.fromString(matcher.group(1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        long events = Long.parseLong(matcher.group(2));
        String results = matcher.group(3);
        if (results == null) {
            return Optional.of(at(session, events));
        }
        String marks = matcher.group(4);
        Set<String> set = marks == null ? Set.of(ALL) : new TreeSet<>(List.of(marks.split("\\.")));
        return Optional.of(new FeedCursor(session, events, Long.parseLong(results), set));
    }

    /** Behind this event, and behind what these analyzers found up to {@code results}. */
    public static FeedCursor of(
            UUID session, long events, long results, Collection<String> analyzers) {
        Set<String> marks = new TreeSet<>();
        analyzers.forEach(analyzer -> marks.add(mark(analyzer)));
        return new FeedCursor(session, events, results, marks.isEmpty() ? Set.of(ALL) : marks);
    }

    /** How an analyzer is called in a cursor. */
    public static String mark(String analyzer) {
        CRC32C crc = new CRC32C();
        crc.update(analyzer.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    public boolean hasHad(long sequence, String analyzer) {
        boolean hadHere = marks.contains(ALL) || marks.contains(mark(analyzer));
        return sequence < results || (sequence == results && hadHere);
    }

    /** Whether whatever analyzers found at {@code results} has been had. */
    public boolean hasHadAll() {
        return marks.contains(ALL);
    }

    public FeedCursor afterEvent(long sequence) {
        return new FeedCursor(session, sequence, results, marks);
    }

    public FeedCursor afterResult(long sequence, String analyzer) {
        Set<String> heard = new TreeSet<>(sequence == results ? marks : Set.of());
        heard.add(mark(analyzer));
        return new FeedCursor(session, events, sequence, heard);
    }

    /** All results up to this event have been had. */
    public FeedCursor withResultsThrough(long sequence) {
        return new FeedCursor(session, events, sequence, Set.of(ALL));
    }

    /** All results before this event have been had, and itself, but none of those at it. */
    public FeedCursor withEventSent(long sequence) {
        return new FeedCursor(session, events, sequence, Set.of(EVENT_SENT));
    }

    @Override
    public String toString() {
        String places = session + ":" + events + ":" + results;
        return marks.contains(ALL) ? places : places + ":" + String.join(".", new TreeSet<>(marks));
    }
}
