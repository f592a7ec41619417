package kontor.adapter.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** Reads the records of one segment, and finds its way past those that are damaged. */
final class SegmentReader implements Closeable {

    /** What stands at a position. */
    sealed interface Found {

        record Event(SpooledEvent event) implements Found {}

        /** No record begins before {@code to}, where one does or the readable part ends. */
        record Damage(long from, long to) implements Found {}
    }

    private static final int BUFFER_BYTES = 256 * 1024;

    /** No run comes so far: to tell, in damaged bytes, what cannot be a record at a glance. */
    private static final long HIGHEST_SEQUENCE = 1L << 40;

    private final Segment segment;
    private final FileChannel channel;
    private final RecordSeal seal;

    /** A piece of the file, from {@link #bufferedFrom} on. */
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    private long bufferedFrom;

    SegmentReader(Segment segment) throws IOException {
        this.segment = segment;
        this.channel = FileChannel.open(segment.path(), StandardOpenOption.READ);
        this.seal = new RecordSeal(segment.run());
    }

    Segment segment() {
        return segment;
    }

    /**
     * What stands at {@code position}, which lies before {@code end}.
     *
     * @param end position up to which all is written and will not change
     */
    Found read(long position, long end) throws IOException {
        long fileEnd = Math.min(end, segment.base() + channel.size());
        SpooledEvent event = recordAt(position, fileEnd);
        if (event != null) {
            return new Found.Event(event);
        }
        for (long next = position + 1; next < fileEnd; next++) {
            if (recordAt(next, fileEnd) != null) {
                return new Found.Damage(position, next);
            }
        }
        return new Found.Damage(position, end);
    }

    /** Position behind the last record that can be read. */
    long endOfLastRecord() throws IOException {
        long end = segment.base() + channel.size();
        long behind = segment.base();
        for (long position = behind; position < end; ) {
            switch (read(position, end)) {
                case Found.Event(SpooledEvent event) -> {
                    position = event.place().end();
                    behind = position;
                }
                case Found.Damage damage -> position = damage.to();
            }
        }
        return behind;
    }

    private @Nullable SpooledEvent recordAt(long position, long end) throws IOException {
        long available = end - position;
        if (available < RecordSeal.HEADER_BYTES
                || !buffered(position, RecordSeal.HEADER_BYTES, end)) {
            return null;
        }
        int at = (int) (position - bufferedFrom);
        int length = buffer.getInt(at + RecordSeal.LENGTH_AT);
        int checksum = buffer.getInt(at + RecordSeal.CHECKSUM_AT);
        long sequence = buffer.getLong(at + RecordSeal.SEQUENCE_AT);
        if (length <= 0
                || length > RecordSeal.LARGEST_MESSAGE
                || length > available - RecordSeal.HEADER_BYTES
                || sequence <= 0
                || sequence > HIGHEST_SEQUENCE
                || !buffered(position, RecordSeal.HEADER_BYTES + length, end)) {
            return null;
        }
        at = (int) (position - bufferedFrom) + RecordSeal.HEADER_BYTES;
        if (seal.of(position, sequence, buffer.slice(at, length)) != checksum) {
            return null;
        }
        byte[] message = new byte[length];
        buffer.get(at, message);
        long behind = position + RecordSeal.HEADER_BYTES + length;
        return new SpooledEvent(
                new SpoolPlace(segment.run(), sequence, behind), Bytes.owning(message));
    }

    /** Returns false if the file ends before. */
    private boolean buffered(long position, int wanted, long end) throws IOException {
        if (position >= bufferedFrom && position + wanted <= bufferedFrom + buffer.limit()) {
            return true;
        }
        if (buffer.capacity() < wanted) {
            buffer = ByteBuffer.allocate(wanted);
        }
        bufferedFrom = position;
        // Never beyond the end: there somebody may just be writing.
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
        while (buffer.hasRemaining()) {
            long offset = position - segment.base() + buffer.position();
            if (channel.read(buffer, offset) < 0) {
                break;
            }
        }
        buffer.flip();
        return buffer.limit() >= wanted;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
