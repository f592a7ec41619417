package kontor.analysis.reassembly;

import java.util.ArrayList;
import java.util.List;
import kontor.vocabulary.Bytes;

/**
 * Bytes together with where they came from.
 *
 * @param spans in order; their lengths add up to that of {@code bytes}
 */
public record Piece(Bytes bytes, List<Span> spans) {

    public Piece {
        spans = List.copyOf(spans);
    }

    /** A part of it, in memory of its own. */
    public Piece slice(int offset, int length) {
        List<Span> parts = new ArrayList<>();
        int at = 0;
        for (Span span : spans) {
            int from = Math.max(offset, at);
            int to = Math.min(offset + length, at + span.length());
            if (from < to) {
                parts.add(new Span(span.sessionSequence(), span.offset() + from - at, to - from));
            }
            at += span.length();
        }
        return new Piece(bytes.slice(offset, length).compact(), parts);
    }

    /** The whole payload of one event. */
    public static Piece of(long sessionSequence, Bytes payload) {
        return new Piece(payload, List.of(new Span(sessionSequence, 0, payload.length())));
    }
}
