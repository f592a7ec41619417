package kontor.gateway.sampling;

import kontor.vocabulary.Bytes;

/**
 * A place in messages where a number may stand.
 *
 * @param width 1, 2, 4 or 8 bytes
 */
public record Word(int offset, int width, boolean isLittle) {

    /** Whether a message is long enough for it. */
    public boolean isIn(Bytes content) {
        return offset + width <= content.length();
    }

    /** The number there, unsigned; of eight bytes signed. */
    public long in(Bytes content) {
        long word = 0;
        for (int i = 0; i < width; i++) {
            int at = offset + (isLittle ? width - 1 - i : i);
            word = (word << 8) | content.unsignedAt(at);
        }
        return word;
    }

    /** The same number as two's complement of its width. */
    public long signed(long word) {
        int unused = Long.SIZE - 8 * width;
        return (word << unused) >> unused;
    }

    /** As the API spells it. */
    public String order() {
        return isLittle ? "little" : "big";
    }

    /** Whether they share a byte. */
    public boolean overlaps(Word other) {
        return offset < other.offset + other.width && other.offset < offset + width;
    }
}
