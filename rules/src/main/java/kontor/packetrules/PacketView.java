package kontor.packetrules;

/**
 * A datagram, a message of a stream, or a piece of a stream that holds no known message. Numbers
 * are little-endian, as in the games; offsets count from its first byte.
 */
public interface PacketView {

    /** Returns the instance that sent it. */
    String from();

    /** Returns the instance that it is on its way to. */
    String to();

    /** Returns whether it is part of a stream. */
    boolean isTcp();

    /** Returns the protocol as filters name it; "" where it is no known message. */
    String protocol();

    /** Returns the type: "ACTION_0x0838"; "" where it is no known message. */
    String type();

    int length();

    /**
     * @throws IndexOutOfBoundsException if the byte is outside
     */
    int u8(int offset);

    /**
     * @throws IndexOutOfBoundsException if the bytes are outside
     */
    int u16(int offset);

    /**
     * @throws IndexOutOfBoundsException if the bytes are outside
     */
    long u32(int offset);

    /** Returns whether it has a field of this name. */
    boolean has(String field);

    /**
     * Returns the value of the first field of this name.
     *
     * @throws IllegalArgumentException if there is none, or it is no number
     */
    long number(String field);

    /**
     * Returns the value of the first field of this name.
     *
     * @throws IllegalArgumentException if there is none, or it is no text
     */
    String text(String field);
}
