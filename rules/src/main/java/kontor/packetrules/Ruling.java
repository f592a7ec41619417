package kontor.packetrules;

/**
 * What is to be done with the packet, in the order of the calls, after the rule has returned. What
 * cannot be done is left out and recorded, as in other rules.
 *
 * <p>Each call throws {@link IllegalStateException} if there were more than 64, or if it has more
 * than 65,507 bytes.
 */
public interface Ruling {

    /** Gives each field of this name another value. */
    void set(String field, long value);

    /** Gives each field of this name another value. */
    void set(String field, String value);

    /** Puts bytes in the place of as many others; a negative offset counts from the end. */
    void patch(int offset, byte[] bytes);

    /** Puts other bytes in the place of all. */
    void replace(byte[] bytes);

    /** Does not pass it on. */
    void drop();
}
