package kontor.captures.export;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a TCP flow, cut where messages begin and end: bytes of a message that is not
 * whole are held until it is, so that each message is in one segment, as Wireshark's dissectors
 * want it. Holds no more than {@value #MOST_HELD} bytes: a longer message is cut.
 */
final class HeldBytes {

    /** As long as a DirectPlay message can be, whose length has 20 bits. */
    static final int MOST_HELD = 1 << 20;

    private Bytes held = Bytes.empty();
    private long heldFrom;
    private @Nullable RecordedEvent first;
    private @Nullable RecordedEvent last;

    /**
     * Bytes for one segment.
     *
     * @param offset in the stream
     * @param first the event that brought the first of them
     * @param last the event that brought the last of them
     */
    record Piece(long offset, Bytes bytes, RecordedEvent first, RecordedEvent last) {}

    /** Takes an event's bytes; returns what can go out now. */
    List<Piece> add(RecordedEvent event, long offset) {
        List<Piece> pieces = new ArrayList<>();
        if (offset != heldFrom + held.length()) {
            pieces.addAll(flush());
            heldFrom = offset;
        }
        int before = held.length();
        held = held.plus(event.payload());
        RecordedEvent beganIn = first == null ? event : first;
        TreeSet<Integer> cuts = new TreeSet<>();
        for (RecordedEvent.Range message : event.messages()) {
            if (message.from() > 0) {
                cuts.add(before + message.from());
            }
            cuts.add(before + message.to());
        }
        boolean wait = event.analysed() && held.length() <= MOST_HELD;
        if (!wait) {
            cuts.add(held.length());
        }
        int at = 0;
        for (int cut : cuts) {
            if (cut > at && cut <= held.length()) {
                RecordedEvent from = at < before ? beganIn : event;
                pieces.add(new Piece(heldFrom + at, held.slice(at, cut - at), from, event));
                at = cut;
            }
        }
        first = at < before ? beganIn : event;
        last = event;
        heldFrom += at;
        // Of its own: what went out must not be kept with it.
        held = held.from(at).compact();
        if (held.isEmpty()) {
            first = null;
        }
        return pieces;
    }

    /** All that is held. */
    List<Piece> flush() {
        RecordedEvent from = first;
        RecordedEvent to = last;
        if (held.isEmpty() || from == null || to == null) {
            return List.of();
        }
        Piece rest = new Piece(heldFrom, held, from, to);
        heldFrom += held.length();
        held = Bytes.empty();
        first = null;
        return List.of(rest);
    }

    int length() {
        return held.length();
    }
}
