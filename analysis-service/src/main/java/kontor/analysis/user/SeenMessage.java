package kontor.analysis.user;

import java.util.List;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.reassembly.Span;
import kontor.analyzers.MessageView;
import kontor.vocabulary.Bytes;

/**
 * A message that was found, as far as analyzers of users see it: small enough to keep the newest
 * ones of a session.
 *
 * @param starts where its fields begin
 */
public record SeenMessage(
        long sequence,
        int flow,
        Route route,
        String protocol,
        String type,
        Piece piece,
        List<Start> starts)
        implements MessageView {

    private static final int MOST_STARTS = 64;

    /** Longer ones are not kept. */
    private static final int LONGEST_TEXT = 100;

    /**
     * Where a field begins.
     *
     * @param value none if it is a long text
     */
    public record Start(String field, int offset, FieldValue value) {

        static Start of(Field field) {
            return new Start(
                    field.name(),
                    field.offset(),
                    field.value() instanceof FieldValue.Text(String text)
                                    && text.length() > LONGEST_TEXT
                            ? new FieldValue.None()
                            : field.value());
        }
    }

    public SeenMessage {
        starts = List.copyOf(starts);
    }

    /** Returns the part of a message that is kept. */
    public static SeenMessage of(long sequence, Message message) {
        return new SeenMessage(
                sequence,
                message.flow(),
                message.route(),
                message.protocol(),
                message.type(),
                new Piece(message.bytes().compact(), message.spans()),
                message.fields().stream()
                        .flatMap(Field::flatten)
                        .limit(MOST_STARTS)
                        .map(Start::of)
                        .toList());
    }

    public Bytes bytes() {
        return piece.bytes();
    }

    List<Span> spans() {
        return piece.spans();
    }

    @Override
    public String from() {
        return route.from();
    }

    @Override
    public String to() {
        return route.to();
    }

    @Override
    public int length() {
        return bytes().length();
    }

    @Override
    public int u8(int offset) {
        return bytes().unsignedAt(offset);
    }

    @Override
    public int u16(int offset) {
        return u8(offset) | u8(offset + 1) << Byte.SIZE;
    }

    @Override
    public long u32(int offset) {
        return u16(offset) | (long) u16(offset + 2) << Short.SIZE;
    }

    @Override
    public int offsetOf(String field) {
        for (Start start : starts) {
            if (start.field.equals(field)) {
                return start.offset;
            }
        }
        return -1;
    }
}
