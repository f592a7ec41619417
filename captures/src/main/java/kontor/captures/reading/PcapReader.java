package kontor.captures.reading;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads classic pcap. */
final class PcapReader {

    static final int MICROSECONDS = 0xA1B2C3D4;
    static final int NANOSECONDS = 0xA1B23C4D;

    private static final int MAGIC = 4;
    private static final int FILE_HEADER = 24;
    private static final int LINK_TYPE_AT = 20;
    private static final int RECORD_HEADER = 16;

    /** More than any program captures: a length beyond it is damage. */
    private static final int LARGEST_FRAME = 64 << 20;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Input file;
    private final Consumer<Frame> sink;
    private final ByteOrder order;
    private final int nanosPerTick;

    /**
     * @param file behind its first four bytes
     */
    PcapReader(Input file, Consumer<Frame> sink, ByteOrder order, int nanosPerTick) {
        this.file = file;
        this.sink = sink;
        this.order = order;
        this.nanosPerTick = nanosPerTick;
    }

    CaptureSummary read() throws CaptureException {
        if (file.left() < FILE_HEADER - MAGIC) {
            throw new CaptureException(0, "the file header is cut off");
        }
        ByteBuffer header = file.take(FILE_HEADER - MAGIC).asByteBuffer().order(order);
        // The upper bits hold the length of a checksum behind each frame.
        LinkType linkType = new LinkType(header.getInt(LINK_TYPE_AT - MAGIC) & 0xFFFF);
        int frames = 0;
        @Nullable String brokenOff = null;
        long at = FILE_HEADER;
        while (file.left() > 0) {
            if (file.left() < RECORD_HEADER) {
                brokenOff = "at byte %d: the last frame's header is cut off".formatted(at);
                break;
            }
            ByteBuffer record = file.take(RECORD_HEADER).asByteBuffer().order(order);
            int length = record.getInt(8);
            if (length < 0 || length > LARGEST_FRAME) {
                throw new CaptureException(
                        at, "a frame of %d bytes".formatted(Integer.toUnsignedLong(length)));
            }
            if (length > file.left()) {
                brokenOff =
                        "at byte %d: a frame of %d bytes, of which %d are there"
                                .formatted(at, length, file.left());
                break;
            }
            long seconds = Integer.toUnsignedLong(record.getInt(0));
            long ticks = Integer.toUnsignedLong(record.getInt(4));
            sink.accept(
                    new Frame(
                            ++frames,
                            0,
                            linkType,
                            seconds * NANOS_PER_SECOND + ticks * nanosPerTick,
                            file.take(length),
                            record.getInt(12)));
            at += RECORD_HEADER + length;
        }
        return new CaptureSummary(
                List.of(new CaptureInterface("", linkType)), frames, 0, 0, 0, brokenOff);
    }
}
