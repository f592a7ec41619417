package kontor.players.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import kontor.vocabulary.Bytes;

/** Reads classic pcap. */
final class PcapReader {

    static final int MICROSECONDS = 0xA1B2C3D4;
    static final int NANOSECONDS = 0xA1B23C4D;

    private static final int FILE_HEADER = 24;
    private static final int LINK_TYPE_AT = 20;
    private static final int RECORD_HEADER = 16;
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
        LinkType linkType = LinkType.of(buffer.getInt(LINK_TYPE_AT) & 0xFFFF);
        List<Frame> frames = new ArrayList<>();
        int at = FILE_HEADER;
        while (at < file.length()) {
            if (file.length() - at < RECORD_HEADER) {
                throw new CaptureException(at, "the last frame's header is cut off");
            }
            int length = buffer.getInt(at + 8);
            if (length < 0 || length > file.length() - at - RECORD_HEADER) {
                throw new CaptureException(
                        at,
                        "a frame of %d bytes where only %d follow"
                                .formatted(
                                        Integer.toUnsignedLong(length),
                                        file.length() - at - RECORD_HEADER));
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
        return new Capture(List.of(new CaptureInterface("", linkType)), frames, 0);
    }
}
