package kontor.captures.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A session event, as far as a capture shows it.
 *
 * @param type as stored: flow_data, datagram ...
 * @param instance whose adapter said it; empty for none
 * @param fromOpener in its flow
 * @param streamOffset of the payload in what its sender wrote; negative: not known
 * @param missed datagrams that were lost before it
 * @param told what instances were told in place of the payload, as far as it is something else
 * @param messages where messages are in the payload that became whole with this event, the
 *     outermost ones only, rising; they may have begun in events before
 * @param analysed whether bytes that are in no message yet will be in a later one
 * @param wanted whether the capture shall show it
 * @param notes what a person noted at it
 */
public record RecordedEvent(
        long sequence,
        String type,
        long atMicros,
        String instance,
        String verdict,
        String verdictDetail,
        @Nullable RecordedFlow flow,
        boolean fromOpener,
        long streamOffset,
        long missed,
        Bytes payload,
        List<Told> told,
        List<Range> messages,
        boolean analysed,
        boolean wanted,
        List<String> notes) {

    public RecordedEvent {
        told = List.copyOf(told);
        messages = List.copyOf(messages);
        notes = List.copyOf(notes);
    }

    /**
     * Bytes in place of the payload.
     *
     * @param copies how often
     */
    public record Told(String instance, Bytes bytes, int copies) {}

    /**
     * A message's bytes in a payload.
     *
     * @param from the first; 0 also where it began before
     * @param to behind the last
     */
    public record Range(int from, int to) {}

    /** Only of TCP: elsewhere an event is a message. */
    public RecordedEvent withMessages(List<Range> places) {
        return copy(outermost(places), wanted, notes);
    }

    public RecordedEvent ifWanted(boolean shown) {
        return copy(messages, shown, notes);
    }

    public RecordedEvent withNotes(List<String> texts) {
        return copy(messages, wanted, texts);
    }

    /** Without those that are inside another. */
    private static List<Range> outermost(List<Range> places) {
        List<Range> sorted = new ArrayList<>(places);
        sorted.sort(
                Comparator.comparingInt(Range::from)
                        .thenComparing(Comparator.comparingInt(Range::to).reversed()));
        List<Range> outermost = new ArrayList<>();
        int behind = -1;
        for (Range range : sorted) {
            if (range.to() > behind) {
                outermost.add(range);
                behind = range.to();
            }
        }
        return outermost;
    }

    private RecordedEvent copy(List<Range> places, boolean shown, List<String> texts) {
        return new RecordedEvent(
                sequence,
                type,
                atMicros,
                instance,
                verdict,
                verdictDetail,
                flow,
                fromOpener,
                streamOffset,
                missed,
                payload,
                told,
                places,
                analysed,
                shown,
                texts);
    }

    long atNanos() {
        return 1_000 * atMicros;
    }

    boolean passedOn() {
        return !verdict.equals("dropped") && !verdict.equals("undeliverable");
    }

    /** A comment on its verdict; empty for the usual one. */
    String verdictComment() {
        return switch (verdict) {
            case "observed", "relayed" -> "";
            default ->
                    verdictDetail.isEmpty()
                            ? verdict.toLowerCase(Locale.ROOT)
                            : "%s: %s".formatted(verdict, verdictDetail);
        };
    }
}
