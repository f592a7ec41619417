package kontor.filters.expression;

/**
 * Some of a value's bytes. It has no value where they are not all there.
 *
 * @param start of the first byte; below 0 it counts from the end
 * @param end behind the last byte; 0 and below count from the end
 * @param endFromStart whether {@code end} is instead the number of bytes, counted from the first
 */
public record Slice(int start, int end, boolean endFromStart) {

    public static Slice ofLength(int start, int length) {
        return new Slice(start, length, true);
    }

    /** From {@code start} to behind {@code end}; 0 is the value's end. */
    public static Slice between(int start, int end) {
        return new Slice(start, end, false);
    }
}
