package kontor.analyzers;

/**
 * A message as the built-in analyzers found it. Numbers are little-endian, as in the games; offsets
 * count from the first byte of the message.
 */
public interface MessageView {

    /** Returns the session sequence of the event with which the message became whole. */
    long sequence();

    /** Returns "dplay", "x642" or, if no protocol explains the message, "data". */
    String protocol();

    /** Returns the type: "VALUES", "ACTION_0x0838", "DATAGRAM". */
    String type();

    /** Returns the instance that sent the message. */
    String from();

    /** Returns the instance that the message was for; empty if there were several. */
    String to();

    int length();

    /**
     * @throws IndexOutOfBoundsException if the byte is outside of the message
     */
    int u8(int offset);

    /**
     * @throws IndexOutOfBoundsException if the bytes are outside of the message
     */
    int u16(int offset);

    /**
     * @throws IndexOutOfBoundsException if the bytes are outside of the message
     */
    long u32(int offset);

    /** Returns where the first field of this name begins, -1 if there is none. */
    int offsetOf(String field);
}
