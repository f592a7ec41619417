package kontor.analyzers;

import java.util.Map;

/**
 * Takes what an analyzer finds in one message. Fields must be declared and must not overlap; one
 * that lies outside of the message is a problem of the message, and is left out.
 */
public interface Report {

    /** Sets the line that lists show; the type of the message if it is not called. */
    void summary(String line);

    /**
     * Reports a little-endian number without sign.
     *
     * @param width 1 to 4 bytes
     */
    void number(String name, String label, int offset, int width);

    /** Reports 8-bit text, up to its zero or to the end of its bytes. */
    void text(String name, String label, int offset, int length);

    /** Reports bytes without further meaning. */
    void bytes(String name, String label, int offset, int length);

    /** Notes what is wrong with the message. */
    void problem(String what);

    /**
     * Adds a result of the analyzer's own: a conclusion that is not a field.
     *
     * @param type the kind of the result, in the analyzer's own words
     * @param confidence 0 to 1
     * @param data what belongs to it
     * @param relatedEvents session sequences of events that the result is also about
     */
    void result(String type, double confidence, Map<String, String> data, long... relatedEvents);
}
