package kontor.captures.reading;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** Reads classic pcap. */
final class PcapReader {

    static final int MICROSECONDS = 0xA1B2C3D4;
    static final int NANOSECONDS = 0xA1B23C4D;

    private static final int FILE_HEADER = 24;
    private static final int LINK_TYPE_AT = 20;
    private static final int RECORD_HEADER = 16;

    /** More than any program captures: a length beyond it is damage. */
    private static final int LARGEST_FRAME = 64 << 20;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Bytes file;
    private final ByteBuffer buffer;
    private final int nanosPerTick;

    PcapReader(Bytes file, ByteOrder order, int nanosPerTick) {
        this.file = file;
        this.buffer = file.asByteBuffer().order(order);
        this.nanosPerTick = nanosPerTick;
    }

    Capture read() throws CaptureException {
        if (file.length() < FILE_HEADER) {
            throw new CaptureException(0, "the file header is cut off");
        }
        // The upper bits hold the length of a checksum behind each frame.
        LinkType linkType = new LinkType(buffer.getInt(LINK_TYPE_AT) & 0xFFFF);
        List<Frame> frames = new ArrayList<>();
        @Nullable String brokenOff = null;
        int at = FILE_HEADER;
        while (at < file.length()) {
            int left = file.length() - at - RECORD_HEADER;
            if (left < 0) {
                brokenOff = "at byte %d: the last frame's header is cut off".formatted(at);
                break;
            }
            int length = buffer.getInt(at + 8);
            if (length < 0 || length > LARGEST_FRAME) {
                throw new CaptureException(
                        at, "a frame of %d bytes".formatted(Integer.toUnsignedLong(length)));
            }
            if (length > left) {
                brokenOff =
                        "at byte %d: a frame of %d bytes, of which %d are there"
                                .formatted(at, length, left);
                break;
            }
            long seconds = Integer.toUnsignedLong(buffer.getInt(at));
            long ticks = Integer.toUnsignedLong(buffer.getInt(at + 4));
            frames.add(
                    new Frame(
                            frames.size() + 1,
                            0,
                            linkType,
                            seconds * NANOS_PER_SECOND + ticks * nanosPerTick,
                            file.slice(at + RECORD_HEADER, length),
                            buffer.getInt(at + 12)));
            at += RECORD_HEADER + length;
        }
        return new Capture(List.of(new CaptureInterface("", linkType)), frames, 0, 0, 0, brokenOff);
    }
}
