package kontor.vocabulary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * An immutable sequence of bytes with content equality: the payload of a packet, or a piece of one.
 *
 * <p>A slice shares the array of what it was cut from and costs nothing; code that keeps a small
 * slice of a large payload for long calls {@link #compact()}.
 */
public final class Bytes {

    private static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int from;
    private final int length;

    private Bytes(byte[] array, int from, int length) {
        this.array = array;
        this.from = from;
        this.length = length;
    }

    public static Bytes empty() {
        return EMPTY;
    }

    /** Copies {@code array}. */
    public static Bytes copyOf(byte... array) {
        return array.length == 0 ? EMPTY : new Bytes(array.clone(), 0, array.length);
    }

    /** Takes {@code array} over without a copy: the caller must not touch it again. */
    public static Bytes owning(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
    }

    /**
     * Parses hexadecimal digits, upper or lower case, without separators.
     *
     * @throws IllegalArgumentException on anything else
     */
    public static Bytes ofHex(String digits) {
        return owning(HexFormat.of().parseHex(digits));
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * The byte at {@code index}, 0 to 255.
     *
     * @throws IndexOutOfBoundsException outside 0 to length - 1
     */
    public int unsignedAt(int index) {
        return array[from + Objects.checkIndex(index, length)] & 0xFF;
    }

    /**
     * The bytes from {@code offset} on, {@code sliceLength} of them, sharing this one's array.
     *
     * @throws IndexOutOfBoundsException if they are not all inside
     */
    public Bytes slice(int offset, int sliceLength) {
        Objects.checkFromIndexSize(offset, sliceLength, length);
        return sliceLength == 0 ? EMPTY : new Bytes(array, from + offset, sliceLength);
    }

    /** The bytes from {@code offset} to the end. */
    public Bytes from(int offset) {
        return slice(offset, length - offset);
    }

    /** These bytes followed by {@code more}, in an array of their own. */
    public Bytes plus(Bytes more) {
        if (isEmpty()) {
            return more;
        }
        if (more.isEmpty()) {
            return this;
        }
        byte[] joined = Arrays.copyOf(toByteArray(), length + more.length);
        System.arraycopy(more.array, more.from, joined, length, more.length);
        return owning(joined);
    }

    /** The same bytes in an array that holds nothing else. */
    public Bytes compact() {
        return length == array.length ? this : owning(toByteArray());
    }

    /** A copy. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, from, from + length);
    }

    /** A read-only view, big-endian, positioned at the first byte. */
    public ByteBuffer asByteBuffer() {
        ByteBuffer whole = ByteBuffer.wrap(array, from, length);
        return (from == 0 ? whole : whole.slice()).asReadOnlyBuffer();
    }

    /** A read-only view in the byte order of the games' own messages. */
    public ByteBuffer asLittleEndianBuffer() {
        return asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** CRC-32C (Castagnoli) of these bytes, as all events and commands carry it. */
    public int crc32c() {
        CRC32C crc = new CRC32C();
        crc.update(array, from, length);
        return (int) crc.getValue();
    }

    public String toHex() {
        return HexFormat.of().formatHex(array, from, from + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(
                        array, from, from + length, that.array, that.from, that.from + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Length and at most the first 16 bytes, for logs and failing tests. */
    @Override
    public String toString() {
        int shown = Math.min(length, 16);
        String hex = HexFormat.of().formatHex(array, from, from + shown);
        return length + " bytes [" + hex + (shown < length ? "..." : "") + "]";
    }
}
