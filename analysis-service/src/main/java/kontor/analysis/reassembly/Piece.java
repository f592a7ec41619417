package kontor.analysis.reassembly;

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

    /** The whole payload of one event. */
    public static Piece of(long sessionSequence, Bytes payload) {
        return new Piece(payload, List.of(new Span(sessionSequence, 0, payload.length())));
    }
}
