package kontor.rewriting;

import java.util.Set;
import kontor.vocabulary.Bytes;

/** Service provider and system message header (docs/protocol/directplay4.md, "Framing"). */
final class Header {

    /** Length of the service provider header, and where {@code play} stands. */
    static final int LENGTH = 20;

    /** Where the body of a system message begins. */
    static final int BODY_AT = 28;

    /** Of the reply address, which is a socket address: family, port, IP, padding. */
    static final int SOCKET_ADDRESS_AT = 4;

    static final int COMMAND_AT = 24;

    private static final int PADDING_AT = 12;

    private static final int SIZE_MASK = 0xF_FFFF;
    private static final int TOKEN_SHIFT = 20;
    private static final Set<Integer> TOKENS = Set.of(0xFAB, 0xCAB, 0xBAB);
    static final Bytes PLAY = Bytes.ofHex("706c6179");
    private static final Bytes PADDING = Bytes.ofHex("0000000000000000");

    private Header() {}

    /** What the beginning of a message in a stream says. */
    enum Begun {
        /** Too few bytes yet to tell. */
        UNDECIDED,
        /** No message begins here. */
        FOREIGN,
        /** A message, whose size is known. */
        MESSAGE
    }

    /** Judges each byte as soon as it is there. */
    static Begun begun(Bytes message) {
        int there = message.length();
        if (there > 2 && (message.unsignedAt(2) & 0xF0) != 0xB0) {
            return Begun.FOREIGN;
        }
        if (there < Integer.BYTES) {
            return Begun.UNDECIDED;
        }
        if (!TOKENS.contains(word(message) >>> TOKEN_SHIFT) || size(message) < LENGTH) {
            return Begun.FOREIGN;
        }
        if ((there > 4 && message.unsignedAt(4) != SocketAddresses.IPV4)
                || (there > 5 && message.unsignedAt(5) != 0)) {
            return Begun.FOREIGN;
        }
        return there < 6 ? Begun.UNDECIDED : Begun.MESSAGE;
    }

    private static int word(Bytes message) {
        return message.asLittleEndianBuffer().getInt(0);
    }

    /** Of the whole message, as its first word says. */
    static int size(Bytes message) {
        return word(message) & SIZE_MASK;
    }

    static boolean isSystem(Bytes message) {
        return message.length() >= BODY_AT && isPlay(message, LENGTH);
    }

    static boolean isPlay(Bytes bytes, int at) {
        return bytes.length() - at >= PLAY.length() && bytes.slice(at, PLAY.length()).equals(PLAY);
    }

    /** Whether a datagram is a system message; else it is one player's word to others. */
    static boolean isSystemDatagram(Bytes datagram) {
        return isSystem(datagram) && size(datagram) == datagram.length();
    }

    /** Whether a message with a header of its own begins there; stricter than {@link #begun}. */
    static boolean isWhole(Bytes held) {
        if (begun(held) != Begun.MESSAGE) {
            return false;
        }
        int padding = Math.clamp(held.length() - PADDING_AT, 0, PADDING.length());
        return held.slice(held.length() < PADDING_AT ? 0 : PADDING_AT, padding)
                .equals(PADDING.slice(0, padding));
    }

    /** Of a system message. */
    static int command(Bytes message) {
        return message.unsignedAt(COMMAND_AT) | message.unsignedAt(COMMAND_AT + 1) << Byte.SIZE;
    }
}
