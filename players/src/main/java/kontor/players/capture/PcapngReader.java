package kontor.players.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import kontor.vocabulary.Bytes;

/**
 * Reads pcapng: section headers, interface descriptions and enhanced packets; all other blocks are
 * skipped and counted.
 */
final class PcapngReader {

    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int BYTE_ORDER_AT = 8;

    /** Type and length before a block's body, and the length again behind it. */
    private static final int BODY_AT = 8;

    private static final int SMALLEST_BLOCK = 12;

    private static final int END_OF_OPTIONS = 0;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Bytes file;
    private final ByteBuffer buffer;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final List<Clock> clocks = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private int firstInterfaceOfSection;
    private int skippedBlocks;

    PcapngReader(Bytes file) {
        this.file = file;
        this.buffer = file.asByteBuffer();
    }

    Capture read() throws CaptureException {
        int at = 0;
        while (at < file.length()) {
            if (file.length() - at < SMALLEST_BLOCK) {
                throw new CaptureException(at, "a block is cut off");
            }
            if (buffer.getInt(at) == CaptureFile.PCAPNG_SECTION_HEADER) {
                beginSection(at);
            }
            int type = buffer.getInt(at);
            int length = buffer.getInt(at + 4);
            if (length < SMALLEST_BLOCK || length % 4 != 0 || length > file.length() - at) {
                throw new CaptureException(
                        at,
                        "a block of %d bytes where %d follow"
                                .formatted(Integer.toUnsignedLong(length), file.length() - at));
            }
            if (buffer.getInt(at + length - 4) != length) {
                throw new CaptureException(
                        at + length - 4, "a block's two lengths are not the same");
            }
            int end = at + length - 4;
            switch (type) {
                case CaptureFile.PCAPNG_SECTION_HEADER -> {
                    // Its byte order is set already, and it holds nothing else that counts.
                }
                case INTERFACE_DESCRIPTION -> interfaceDescription(at + BODY_AT, end);
                case ENHANCED_PACKET -> enhancedPacket(at + BODY_AT, end);
                default -> skippedBlocks++;
            }
            at += length;
        }
        return new Capture(interfaces, frames, skippedBlocks);
    }

    private void beginSection(int at) throws CaptureException {
        buffer.order(ByteOrder.BIG_ENDIAN);
        if (buffer.getInt(at + BYTE_ORDER_AT) != BYTE_ORDER_MAGIC) {
            buffer.order(ByteOrder.LITTLE_ENDIAN);
        }
        if (buffer.getInt(at + BYTE_ORDER_AT) != BYTE_ORDER_MAGIC) {
            throw new CaptureException(
                    at + BYTE_ORDER_AT, "a section header without byte-order magic");
        }
        firstInterfaceOfSection = interfaces.size();
    }

    private void interfaceDescription(int body, int end) throws CaptureException {
        requireRoom(body, end, 8, "an interface description");
        LinkType linkType = LinkType.of(Short.toUnsignedInt(buffer.getShort(body)));
        String name = "";
        Clock clock = new Clock(6, 0);
        int at = body + 8;
        while (end - at >= 4) {
            int option = Short.toUnsignedInt(buffer.getShort(at));
            int length = Short.toUnsignedInt(buffer.getShort(at + 2));
            if (option == END_OF_OPTIONS) {
                break;
            }
            requireRoom(at + 4, end, length, "an option");
            switch (option) {
                case OPTION_NAME ->
                        name = new String(file.slice(at + 4, length).toByteArray(), UTF_8);
                case OPTION_RESOLUTION -> {
                    requireRoom(at + 4, Math.min(end, at + 4 + length), 1, "if_tsresol");
                    clock = new Clock(file.unsignedAt(at + 4), clock.offsetSeconds);
                }
                case OPTION_OFFSET -> {
                    requireRoom(at + 4, Math.min(end, at + 4 + length), 8, "if_tsoffset");
                    clock = new Clock(clock.resolution, buffer.getLong(at + 4));
                }
                default -> {
                    // Nothing that a replay needs.
                }
            }
            at += 4 + (length + 3) / 4 * 4;
        }
        interfaces.add(new CaptureInterface(name, linkType));
        clocks.add(clock);
    }

    private void enhancedPacket(int body, int end) throws CaptureException {
        requireRoom(body, end, 20, "a packet");
        long inSection = Integer.toUnsignedLong(buffer.getInt(body));
        if (inSection >= interfaces.size() - firstInterfaceOfSection) {
            throw new CaptureException(
                    body, "a packet of interface %d, which is not described".formatted(inSection));
        }
        int interfaceId = firstInterfaceOfSection + (int) inSection;
        long ticks =
                ((long) buffer.getInt(body + 4) << 32)
                        | Integer.toUnsignedLong(buffer.getInt(body + 8));
        int length = buffer.getInt(body + 12);
        requireRoom(body + 20, end, length, "a packet's bytes");
        frames.add(
                new Frame(
                        frames.size() + 1,
                        interfaceId,
                        interfaces.get(interfaceId).linkType(),
                        clocks.get(interfaceId).nanos(ticks),
                        file.slice(body + 20, length),
                        buffer.getInt(body + 16)));
    }

    private static void requireRoom(int at, int end, int length, String what)
            throws CaptureException {
        if (length < 0 || length > end - at) {
            throw new CaptureException(at, what + " does not fit into its block");
        }
    }

    /**
     * Turns an interface's ticks into time.
     *
     * @param resolution as if_tsresol has it: a negative power of 10, or of 2 with the highest bit
     */
    private record Clock(int resolution, long offsetSeconds) {

        long nanos(long ticks) {
            BigInteger perSecond =
                    (resolution & 0x80) == 0
                            ? BigInteger.TEN.pow(resolution)
                            : BigInteger.TWO.pow(resolution & 0x7F);
            BigInteger nanos =
                    new BigInteger(Long.toUnsignedString(ticks))
                            .multiply(BigInteger.valueOf(NANOS_PER_SECOND))
                            .divide(perSecond);
            return nanos.longValue() + offsetSeconds * NANOS_PER_SECOND;
        }
    }
}
