package kontor.adapter.spool;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a spool: its segments, the mark up to which the broker has acknowledged, and a lock
 * that keeps other processes out for as long as this one lives.
 */
final class SpoolDirectory implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(SpoolDirectory.class);
    private static final int MARK_BYTES = 12;

    private final Path path;
    private final FileChannel lockFile;
    private final FileChannel markFile;
    private final NavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private long end;
    private long cutBytes;
    private long mark;

    private SpoolDirectory(Path path, FileChannel lockFile, FileChannel markFile) {
        this.path = path;
        this.lockFile = lockFile;
        this.markFile = markFile;
    }

    /**
     * Creates the directory if there is none, locks it, and cuts off what a run that was killed
     * left half-written.
     *
     * @throws SpoolException if another process has it, or the disk does not allow it
     */
    static SpoolDirectory open(Path path) throws SpoolException {
        try {
            Files.createDirectories(path);
            FileChannel lockFile = lock(path.resolve("lock"));
            try {
                FileChannel markFile =
                        FileChannel.open(path.resolve("acknowledged"), CREATE, READ, WRITE);
                SpoolDirectory directory = new SpoolDirectory(path, lockFile, markFile);
                directory.recover();
                return directory;
            } catch (IOException e) {
                // With it the lock.
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new SpoolException("the spool %s cannot be used: %s".formatted(path, e), e);
        }
    }

    private static FileChannel lock(Path file) throws IOException, SpoolException {
        FileChannel channel = FileChannel.open(file, CREATE, WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            log.debug("{} is locked in this process: {}", file, e.toString());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new SpoolException(
                "another adapter is using the spool %s: each needs a directory of its own (KONTOR_SPOOL_DIR)"
                        .formatted(file.getParent()));
    }

    private void recover() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            files.map(Segment::of)
                    .flatMap(segment -> segment.stream())
                    .forEach(segment -> segments.put(segment.base(), segment));
        }
        for (Segment segment : segments.values()) {
            Map.Entry<Long, Segment> next = segments.higherEntry(segment.base());
            if (next == null || !next.getValue().run().equals(segment.run())) {
                cutTail(segment);
            }
        }
        long lowest = segments.isEmpty() ? 0 : segments.firstKey();
        mark = readMark(lowest);
        // Now, so that it has its place on the disk: a full one is emptied by noting this.
        writeMark(mark);
        end = Math.max(mark, end);
    }

    /** Of the last segment of a run: behind it nothing whole can follow. */
    private void cutTail(Segment segment) throws IOException {
        long behind;
        long fileEnd = segment.base() + Files.size(segment.path());
        try (SegmentReader reader = new SegmentReader(segment)) {
            behind = reader.endOfLastRecord();
        }
        if (behind < fileEnd) {
            log.warn(
                    "Spool: {} ends in {} bytes that are no whole record, from byte {} on; they are"
                            + " cut off and counted as damaged",
                    segment.path(),
                    fileEnd - behind,
                    behind - segment.base());
            cutBytes += fileEnd - behind;
            try (FileChannel channel = FileChannel.open(segment.path(), WRITE)) {
                channel.truncate(behind - segment.base());
            }
        }
        if (behind == segment.base()) {
            delete(segment);
        }
        end = Math.max(end, behind);
    }

    private long readMark(long otherwise) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MARK_BYTES);
        if (markFile.read(bytes, 0) == MARK_BYTES && bytes.getInt(8) == checksum(bytes)) {
            return bytes.getLong(0);
        }
        // A run that was killed at once has written nothing.
        if (markFile.size() > 0) {
            log.warn(
                    "Spool {}: the note of what the broker has acknowledged is unreadable; all"
                            + " that is left is published again",
                    path);
        }
        return otherwise;
    }

    private static int checksum(ByteBuffer mark) {
        CRC32C checksum = new CRC32C();
        checksum.update(mark.slice(0, 8));
        return (int) checksum.getValue();
    }

    Path path() {
        return path;
    }

    /** All segments by base; for any thread. */
    NavigableMap<Long, Segment> segments() {
        return segments;
    }

    /** Where in which file {@code position} is, for a person. */
    String fileAt(long position) {
        Map.Entry<Long, Segment> segment = segments.floorEntry(position);
        return segment == null
                ? "no file holds it"
                : "byte %d of %s"
                        .formatted(
                                position - segment.getKey(),
                                segment.getValue().path().getFileName());
    }

    /** Position behind all that earlier runs wrote. */
    long end() {
        return end;
    }

    /** Bytes cut off at the end of runs. */
    long cutBytes() {
        return cutBytes;
    }

    /** Position up to which the broker has acknowledged all, as it was noted last. */
    long mark() {
        return mark;
    }

    /** Notes that the broker has all before {@code position}. One thread at a time. */
    void note(long position) throws IOException {
        writeMark(position);
    }

    /** Deletes the segment with this base, if there is one. One thread at a time. */
    void delete(long base) throws IOException {
        Segment segment = segments.get(base);
        if (segment != null) {
            delete(segment);
        }
    }

    private void writeMark(long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MARK_BYTES).putLong(0, position);
        bytes.putInt(8, checksum(bytes));
        markFile.write(bytes, 0);
        mark = position;
    }

    private void delete(Segment segment) throws IOException {
        Files.deleteIfExists(segment.path());
        segments.remove(segment.base(), segment);
    }

    @Override
    public void close() throws IOException {
        // With it the lock, whatever else fails.
        try (lockFile) {
            markFile.close();
        }
    }
}
