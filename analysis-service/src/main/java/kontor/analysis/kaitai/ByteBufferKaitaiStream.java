package kontor.analysis.kaitai;

import io.kaitai.struct.KaitaiStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The stream that generated code reads, under the name that it has there: knows where it stands in
 * the message, and never allocates more than it has.
 */
public final class ByteBufferKaitaiStream extends io.kaitai.struct.ByteBufferKaitaiStream {

    /** Not in the message: these bytes have been computed. */
    static final int NOWHERE = -1;

    private final int base;

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
