package kontor.analysis.kaitai;

import io.kaitai.struct.KaitaiStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import kontor.vocabulary.Bytes;

/**
 * The stream that generated code reads, under the name that it has there: knows where it stands in
 * the message, which bits were read, and never allocates more than it has.
 */
public final class ByteBufferKaitaiStream extends io.kaitai.struct.ByteBufferKaitaiStream {

    /** Not in the message: these bytes have been computed. */
    static final int NOWHERE = -1;

    /** Nobody looks at more fields. */
    private static final int MOST_BIT_READS = 10_000;

    private final int base;
    private final List<BitRead> bitReads = new ArrayList<>();

    /**
     * Bits that were read as one number.
     *
     * @param first how many are before it in this stream
     * @param highFirst whether they are counted from the highest bit of each byte on
     */
    record BitRead(int first, int count, boolean highFirst, long value) {

        int from() {
            return first / Byte.SIZE;
        }

        int to() {
            return Math.ceilDiv(first + count, Byte.SIZE);
        }

        /** Whether the code, that knows bytes only, has noted this place before and behind it. */
        boolean isBetween(int start, int end) {
            return Math.ceilDiv(first, Byte.SIZE) == start && to() == end;
        }

        /** A mask for each byte that it has bits of; empty where it has all of them. */
        Bytes masks() {
            if (first % Byte.SIZE == 0 && count % Byte.SIZE == 0) {
                return Bytes.empty();
            }
            byte[] masks = new byte[to() - from()];
            for (int bit = first; bit < first + count; bit++) {
                int place = bit % Byte.SIZE;
                masks[bit / Byte.SIZE - from()] |= (byte) (highFirst ? 0x80 >> place : 1 << place);
            }
            return Bytes.owning(masks);
        }
    }

    /** Reads bytes that were computed, by {@code process} for one. */
    public ByteBufferKaitaiStream(byte[] bytes) {
        this(ByteBuffer.wrap(bytes), NOWHERE);
    }

    /**
     * Generated code has a method for files, which nobody calls.
     *
     * @throws IOException always
     */
    public ByteBufferKaitaiStream(String fileName) throws IOException {
        super(new byte[0]);
        throw new IOException("files are not read here: " + fileName);
    }

    /**
     * @param base where its first byte is in the message
     */
    public ByteBufferKaitaiStream(ByteBuffer bytes, int base) {
        super(bytes);
        this.base = base;
    }

    int base() {
        return base;
    }

    /** In the order in which they were read. */
    List<BitRead> bitReads() {
        return bitReads;
    }

    @Override
    public long readBitsIntBe(int count) {
        int first = pos() * Byte.SIZE - bitsLeft;
        long value = super.readBitsIntBe(count);
        note(new BitRead(first, count, true, value));
        return value;
    }

    @Override
    public long readBitsIntLe(int count) {
        int first = pos() * Byte.SIZE - bitsLeft;
        long value = super.readBitsIntLe(count);
        note(new BitRead(first, count, false, value));
        return value;
    }

    private void note(BitRead read) {
        if (bitReads.size() < MOST_BIT_READS) {
            bitReads.add(read);
        }
    }

    @Override
    public KaitaiStream substream(long length) {
        alignToByte();
        int at = pos();
        check(length);
        ByteBuffer part = asRoBuffer();
        part.position(at).limit(at + (int) length);
        seek(at + length);
        return new ByteBufferKaitaiStream(part.slice(), base < 0 ? NOWHERE : base + at);
    }

    @Override
    protected byte[] readBytesNotAligned(long length) {
        check(length);
        return super.readBytesNotAligned(length);
    }

    private void check(long length) {
        long left = size() - pos();
        if (length < 0 || length > left) {
            throw new IllegalArgumentException(
                    "needs %d bytes, and %d are left".formatted(length, left));
        }
    }
}
