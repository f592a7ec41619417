package kontor.analysis.directplay;

import kontor.vocabulary.Bytes;

/**
 * Where messages begin and end. A TCP stream is cut by the size in each message's first word and by
 * nothing else (docs/protocol/directplay4.md, "Framing").
 */
public final class Framing {

    /** Low 20 bits of the first word: length of the message, this word included. */
    static final int SIZE_MASK = 0xF_FFFF;

    /** No message can be longer. */
    public static final int LONGEST = SIZE_MASK;

    static final int TOKEN_SHIFT = 20;

    /** Length of the service provider header; the smallest message. */
    static final int HEADER_LENGTH = 20;

    /** Where {@code play} stands in a system message, and what offsets in messages count from. */
    static final int PLAY_AT = 20;

    /** Where the body of a system message begins. */
    static final int BODY_AT = 28;

    /** How many bytes {@link #next} wants to see at most. */
    public static final int WANTED = 6;

    static final Bytes PLAY = Bytes.ofHex("706c6179");
    static final int AF_INET = 2;

    private Framing() {}

    /** What the beginning of the rest of a stream says. */
    public sealed interface Frame {

        /** The next message has this length. */
        record Message(int length) implements Frame {}

        /** Too few bytes yet to tell. */
        record Undecided() implements Frame {}

        /** No message begins here. */
        record Foreign(String reason) implements Frame {}
    }

    /**
     * @param head the first bytes of what no message has taken, {@link #WANTED} or what there is
     */
    public static Frame next(Bytes head) {
        if (head.length() < Integer.BYTES) {
            return new Frame.Undecided();
        }
        int word = head.asLittleEndianBuffer().getInt();
        int size = word & SIZE_MASK;
        int token = word >>> TOKEN_SHIFT;
        if (!ServiceProviderHeader.isToken(token)) {
            return new Frame.Foreign("0x%03X is no DirectPlay token".formatted(token));
        }
        if (size < HEADER_LENGTH) {
            return new Frame.Foreign("a size of %d is less than a header".formatted(size));
        }
        if (head.length() < WANTED) {
            return new Frame.Undecided();
        }
        int family = head.unsignedAt(4) | head.unsignedAt(5) << Byte.SIZE;
        return family == AF_INET
                ? new Frame.Message(size)
                : new Frame.Foreign("address family %d is not IPv4's".formatted(family));
    }

    /** Whether a datagram is a system message; else it may be one player's word to others. */
    static boolean isSystemDatagram(Bytes datagram) {
        return isSystem(datagram)
                && (datagram.asLittleEndianBuffer().getInt() & SIZE_MASK) == datagram.length();
    }

    /** Whether a message with a service provider header is a system message. */
    static boolean isSystem(Bytes message) {
        return message.length() >= BODY_AT && message.slice(PLAY_AT, 4).equals(PLAY);
    }
}
