package kontor.analysis.analyzer;

import java.util.List;
import java.util.Optional;
import kontor.analysis.dissect.Certainty;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.Draft;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.dissect.FieldType;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.reassembly.Span;
import kontor.vocabulary.Bytes;

/**
 * A message of the games' protocols.
 *
 * @param flow session flow number
 * @param spans where its bytes are, in order
 * @param problem what was wrong; empty with {@link Completeness#WHOLE}
 * @param isReassembled whether its bytes are those of other messages, which hold its fragments
 * @param bytes of all spans
 */
public record Message(
        int flow,
        Route route,
        String protocol,
        String type,
        String summary,
        List<Span> spans,
        List<Field> fields,
        Completeness completeness,
        Optional<String> problem,
        boolean isReassembled,
        Bytes bytes) {

    private static final String DATA = "data.data";

    /** The one field of a message that nobody knows. */
    public static final FieldDeclaration DATA_FIELD =
            new FieldDeclaration(
                    DATA,
                    FieldType.BYTES,
                    "",
                    "Bytes that no protocol explains",
                    Certainty.VERIFIED,
                    List.of());

    public Message {
        spans = List.copyOf(spans);
        fields = List.copyOf(fields);
    }

    /** A message that came whole. */
    public static Message of(int flow, Route route, Piece piece, Dissection dissection) {
        Completeness completeness =
                dissection.problem().isEmpty() ? Completeness.WHOLE : Completeness.MALFORMED;
        return of(flow, route, piece, dissection, completeness, dissection.problem());
    }

    /** A message with something wrong that its own bytes do not tell. */
    public static Message malformed(
            int flow, Route route, Piece piece, Dissection dissection, String problem) {
        return of(flow, route, piece, dissection, Completeness.MALFORMED, Optional.of(problem));
    }

    /** The beginning of a message whose end never came. */
    public static Message truncated(
            int flow, Route route, Piece piece, Dissection dissection, String problem) {
        return of(flow, route, piece, dissection, Completeness.TRUNCATED, Optional.of(problem));
    }

    /** Bytes of a stream of messages that belong to none. */
    public static Message skipped(int flow, Route route, Piece piece, String reason) {
        return unknown(flow, route, "SKIPPED", piece, Optional.of(reason));
    }

    /**
     * Bytes that nobody knows.
     *
     * @param type "STREAM", "SKIPPED" or "DATAGRAM"
     */
    public static Message unknown(
            int flow, Route route, String type, Piece piece, Optional<String> problem) {
        String summary = "%s %d bytes".formatted(type, piece.bytes().length());
        Dissection data = new Draft(piece.bytes(), 0).finish("data", type, summary, DATA);
        return of(flow, route, piece, data, Completeness.UNKNOWN, problem);
    }

    /** The same, put together out of fragments. */
    public Message reassembled() {
        return new Message(
                flow,
                route,
                protocol,
                type,
                summary,
                spans,
                fields,
                completeness,
                problem,
                true,
                bytes);
    }

    public int length() {
        return spans.stream().mapToInt(Span::length).sum();
    }

    /** A message with everything said. */
    public static Message of(
            int flow,
            Route route,
            Piece piece,
            Dissection dissection,
            Completeness completeness,
            Optional<String> problem) {
        return new Message(
                flow,
                route,
                dissection.protocol(),
                dissection.type(),
                dissection.summary(),
                piece.spans(),
                dissection.fields(),
                completeness,
                problem,
                false,
                piece.bytes());
    }
}
