package kontor.rules;

import java.util.ArrayList;
import java.util.List;
import kontor.analysis.directplay.Framing;
import kontor.analysis.directplay.Framing.Frame;
import kontor.vocabulary.Bytes;

/**
 * Cuts a stream into messages where its bytes say where they end. What does not look like messages
 * is passed on at once, and so is all behind it in the same piece.
 *
 * @param pieces in the order of the stream, together with {@code rest} all its bytes
 * @param rest the beginning of a message whose end has not come
 */
record Frames(List<Piece> pieces, Bytes rest) {

    private static final int FOREIGN = -1;

    /** The tokens are 0xFAB, 0xCAB and 0xBAB. */
    private static final int LAST_OF_EACH_TOKEN = 0xB;

    /**
     * @param isMessage whether it is one whole message; else bytes that nobody knows
     */
    record Piece(Bytes bytes, boolean isMessage) {}

    Frames {
        pieces = List.copyOf(pieces);
    }

    /**
     * @param stream begins where a message may begin
     */
    static Frames of(Bytes stream) {
        List<Piece> pieces = new ArrayList<>();
        Bytes left = stream;
        while (!left.isEmpty()) {
            int length = lengthOfFirst(left);
            if (length == FOREIGN) {
                pieces.add(new Piece(left, false));
                left = Bytes.empty();
            } else if (length > left.length()) {
                break;
            } else {
                pieces.add(new Piece(left.slice(0, length), true));
                left = left.from(length);
            }
        }
        return new Frames(pieces, left.compact());
    }

    /** More than there is where the end has not come. */
    private static int lengthOfFirst(Bytes left) {
        return switch (Framing.next(left.slice(0, Math.min(Framing.WANTED, left.length())))) {
            case Frame.Message(int length) -> length;
            case Frame.Undecided _ -> mayBegin(left) ? Integer.MAX_VALUE : FOREIGN;
            case Frame.Foreign _ -> FOREIGN;
        };
    }

    /**
     * Whether so few bytes can be the beginning of a message: the third has a part of the token.
     */
    private static boolean mayBegin(Bytes few) {
        return few.length() <= 2 || (few.unsignedAt(2) >>> 4) == LAST_OF_EACH_TOKEN;
    }

    /** A message whose length was changed says its new one; other bytes are left as they are. */
    static Bytes sized(Bytes message) {
        if (!isSized(message)) {
            return message;
        }
        byte[] bytes = message.toByteArray();
        int length = bytes.length;
        bytes[0] = (byte) length;
        bytes[1] = (byte) (length >>> Byte.SIZE);
        bytes[2] = (byte) ((bytes[2] & 0xF0) | ((length >>> (2 * Byte.SIZE)) & 0x0F));
        return Bytes.owning(bytes);
    }

    private static boolean isSized(Bytes message) {
        return message.length() >= Framing.WANTED
                && message.length() <= Framing.LONGEST
                && Framing.next(message.slice(0, Framing.WANTED)) instanceof Frame.Message;
    }
}
