package kontor.adapter.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records into segments, one behind the other, and begins a new segment where one is large
 * enough or where positions were left out.
 *
 * <p>A record is with the operating system when {@link #write} returns, so it outlives this process
 * whatever kills it; {@link #settle} forces what is there to the disk. Of the writing methods one
 * at a time; {@link #settle} at any time, by one thread.
 */
final class SegmentWriter {

    private static final Logger log = LoggerFactory.getLogger(SegmentWriter.class);
    private static final int BUFFER_BYTES = 128 * 1024;

    /** How much must be writable before a disk that was full counts as free again. */
    private static final int PROBE_BYTES = 256 * 1024;

    private final Path directory;
    private final RunId run;
    private final long segmentBytes;
    private final NavigableMap<Long, Segment> segments;
    private final RecordSeal seal;

    /** Written to their end, to be closed. */
    private final Queue<FileChannel> full = new ConcurrentLinkedQueue<>();

    private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private volatile @Nullable Open open;

    /**
     * @param segments all there are, by base; new ones are put into it before they are written to
     */
    SegmentWriter(
            Path directory, RunId run, long segmentBytes, NavigableMap<Long, Segment> segments) {
        this.directory = directory;
        this.run = run;
        this.segmentBytes = segmentBytes;
        this.segments = segments;
        this.seal = new RecordSeal(run);
    }

    /** Bytes that a message of this length takes up. */
    static long recordBytes(int messageLength) {
        return (long) RecordSeal.HEADER_BYTES + messageLength;
    }

    /**
     * Writes one record to where it belongs.
     *
     * @throws IOException if it was not, or not wholly, written: {@link #abandon} comes next
     */
    void write(long position, SpooledEvent event) throws IOException {
        ByteBuffer message = event.message().asByteBuffer();
        long bytes = recordBytes(message.remaining());
        Open current = open;
        if (current == null
                || current.segment.base() + current.length != position
                || (current.length > 0 && current.length + bytes > segmentBytes)) {
            current = begin(position);
        }
        current.write(record(position, event.place().sequence(), message));
    }

    private ByteBuffer record(long position, long sequence, ByteBuffer message) {
        int length = message.remaining();
        if (length < 1 || length > RecordSeal.LARGEST_MESSAGE) {
            throw new IllegalArgumentException("no message has " + length + " bytes");
        }
        if (buffer.capacity() < RecordSeal.HEADER_BYTES + length) {
            buffer = ByteBuffer.allocateDirect(RecordSeal.HEADER_BYTES + length);
        }
        int checksum = seal.of(position, sequence, message.duplicate());
        return buffer.clear().putInt(length).putInt(checksum).putLong(sequence).put(message).flip();
    }

    private Open begin(long position) throws IOException {
        Open current = open;
        if (current != null) {
            open = null;
            full.add(current.channel);
        }
        Segment segment = Segment.in(directory, position, run);
        // What may be there is the remainder of an attempt that failed at this very position.
        FileChannel channel =
                FileChannel.open(
                        segment.path(),
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING);
        segments.put(position, segment);
        Open begun = new Open(segment, channel);
        open = begun;
        return begun;
    }

    /**
     * Tries whether the disk takes something again; the next record goes to {@code position}.
     *
     * @throws IOException if it does not
     */
    void probe(long position) throws IOException {
        Open begun = begin(position);
        begun.write(ByteBuffer.allocate(PROBE_BYTES));
        begun.channel.truncate(0);
        begun.length = 0;
    }

    /** Ends the current segment behind its last whole record, as well as that is possible. */
    void abandon() {
        Open current = open;
        if (current == null) {
            return;
        }
        open = null;
        full.add(current.channel);
        try {
            current.channel.truncate(current.length);
            if (current.length == 0) {
                segments.remove(current.segment.base(), current.segment);
                Files.deleteIfExists(current.segment.path());
            }
        } catch (IOException e) {
            // Readers go no further than the next segment's beginning.
            log.debug("{} keeps a torn end", current.segment.path(), e);
        }
    }

    /**
     * Closes what is written to its end.
     *
     * @param force whether to force it, and what is written so far, to the disk before
     */
    void settle(boolean force) throws IOException {
        for (FileChannel channel = full.poll(); channel != null; channel = full.poll()) {
            try (FileChannel closing = channel) {
                if (force) {
                    closing.force(false);
                }
            }
        }
        Open current = open;
        if (force && current != null) {
            // If it is full by now, only the next call closes it.
            current.channel.force(false);
        }
    }

    /** The segment that is being written. */
    private static final class Open {

        final Segment segment;
        final FileChannel channel;

        /** Of whole records. */
        long length;

        Open(Segment segment, FileChannel channel) {
            this.segment = segment;
            this.channel = channel;
        }

        void write(ByteBuffer record) throws IOException {
            long offset = length;
            while (record.hasRemaining()) {
                offset += channel.write(record, offset);
            }
            length = offset;
        }
    }
}
