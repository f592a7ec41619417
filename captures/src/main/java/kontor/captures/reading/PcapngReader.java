package kontor.captures.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads pcapng: section headers, interface descriptions and statistics, and packets of all three
 * kinds (enhanced, simple, and the obsolete one); all other blocks are skipped and counted.
 */
final class PcapngReader {

    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int INTERFACE_STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int BYTE_ORDER_AT = 8;

    /** Type and length before a block's body, and the length again behind it. */
    private static final int BODY_AT = 8;

    private static final int SMALLEST_BLOCK = 12;

    /** More than any program writes: a length beyond it is damage. */
    private static final int LARGEST_BLOCK = 64 << 20;

    /** Frames that wait for the first time in the file. */
    private static final int MOST_WAITING = 10_000;

    private static final int END_OF_OPTIONS = 0;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_DESCRIPTION = 3;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;
    private static final int OPTION_INTERFACE_DROPPED = 5;
    private static final int OPTION_SYSTEM_DROPPED = 7;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Input file;
    private final Consumer<Frame> sink;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final List<Clock> clocks = new ArrayList<>();
    private final List<Integer> snapLengths = new ArrayList<>();
    private final Map<Integer, Long> dropped = new HashMap<>();

    /** Frames without a time before the first that has one. */
    private final List<Frame> waiting = new ArrayList<>();

    private Bytes block = Bytes.empty();
    private ByteBuffer buffer = block.asByteBuffer();

    /** Where the block begins in the file. */
    private long base;

    private int firstInterfaceOfSection;
    private int frames;
    private long lastAtNanos;
    private int skippedBlocks;
    private int untimed;

    PcapngReader(Input file, Consumer<Frame> sink) {
        this.file = file;
        this.sink = sink;
    }

    /**
     * @param first the first four bytes, which were read before
     */
    CaptureSummary read(Bytes first) throws CaptureException {
        @Nullable String brokenOff = null;
        Bytes taken = first;
        ByteOrder order = ByteOrder.BIG_ENDIAN;
        while (taken.length() + file.left() > 0) {
            long left = taken.length() + file.left();
            if (left < SMALLEST_BLOCK) {
                brokenOff = "at byte %d: a block is cut off".formatted(base);
                break;
            }
            Bytes head = file.extend(taken, SMALLEST_BLOCK - taken.length());
            taken = Bytes.empty();
            if (word(head, 0, order) == CaptureFile.PCAPNG_SECTION_HEADER) {
                order = beginSection(head);
            }
            int type = word(head, 0, order);
            int length = word(head, 4, order);
            if (length < SMALLEST_BLOCK || length % 4 != 0) {
                throw problem(0, "a block of %d bytes".formatted(Integer.toUnsignedLong(length)));
            }
            if (length > left) {
                brokenOff =
                        "at byte %d: a block of %d bytes, of which %d are there"
                                .formatted(base, length, left);
                break;
            }
            if (length > LARGEST_BLOCK) {
                throw problem(0, "a block of %d bytes".formatted(length));
            }
            show(file.extend(head, length - SMALLEST_BLOCK), order);
            if (buffer.getInt(length - 4) != length) {
                throw problem(length - 4, "a block's two lengths are not the same");
            }
            block(type, BODY_AT, length - 4);
            base += length;
        }
        release(0);
        long lost = dropped.values().stream().mapToLong(Long::longValue).sum();
        return new CaptureSummary(interfaces, frames, untimed, skippedBlocks, lost, brokenOff);
    }

    private void show(Bytes bytes, ByteOrder order) {
        block = bytes;
        buffer = bytes.asByteBuffer().order(order);
    }

    private CaptureException problem(int at, String what) {
        return new CaptureException(base + at, what);
    }

    private void block(int type, int body, int end) throws CaptureException {
        switch (type) {
            case CaptureFile.PCAPNG_SECTION_HEADER -> {
                // Its byte order is set already, and it holds nothing else that counts.
            }
            case INTERFACE_DESCRIPTION -> interfaceDescription(body, end);
            case INTERFACE_STATISTICS -> interfaceStatistics(body, end);
            case ENHANCED_PACKET -> {
                requireRoom(body, end, 20, "a packet");
                timedPacket(body, end, Integer.toUnsignedLong(buffer.getInt(body)));
            }
            case OBSOLETE_PACKET -> {
                requireRoom(body, end, 20, "a packet");
                timedPacket(body, end, Short.toUnsignedInt(buffer.getShort(body)));
            }
            case SIMPLE_PACKET -> simplePacket(body, end);
            default -> skippedBlocks++;
        }
    }

    /** Returns the byte order of the section. */
    private ByteOrder beginSection(Bytes head) throws CaptureException {
        firstInterfaceOfSection = interfaces.size();
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            if (word(head, BYTE_ORDER_AT, order) == BYTE_ORDER_MAGIC) {
                return order;
            }
        }
        throw problem(BYTE_ORDER_AT, "a section header without byte-order magic");
    }

    private static int word(Bytes bytes, int at, ByteOrder order) {
        int word =
                bytes.unsignedAt(at) << 24
                        | bytes.unsignedAt(at + 1) << 16
                        | bytes.unsignedAt(at + 2) << 8
                        | bytes.unsignedAt(at + 3);
        return order == ByteOrder.BIG_ENDIAN ? word : Integer.reverseBytes(word);
    }

    private void interfaceDescription(int body, int end) throws CaptureException {
        requireRoom(body, end, 8, "an interface description");
        LinkType linkType = new LinkType(Short.toUnsignedInt(buffer.getShort(body)));
        String name = "";
        String description = "";
        Clock clock = new Clock(6, 0);
        for (Option option : options(body + 8, end)) {
            switch (option.code) {
                case OPTION_NAME -> name = text(option);
                case OPTION_DESCRIPTION -> description = text(option);
                case OPTION_RESOLUTION -> {
                    require(option, 1, "if_tsresol");
                    clock = new Clock(block.unsignedAt(option.at), clock.offsetSeconds);
                }
                case OPTION_OFFSET -> {
                    require(option, 8, "if_tsoffset");
                    clock = new Clock(clock.resolution, buffer.getLong(option.at));
                }
                default -> {
                    // Nothing that a replay needs.
                }
            }
        }
        interfaces.add(new CaptureInterface(name, description, linkType));
        clocks.add(clock);
        snapLengths.add(buffer.getInt(body + 4));
    }

    private String text(Option option) {
        return new String(block.slice(option.at, option.length).toByteArray(), UTF_8);
    }

    /** The last statistics of an interface count: they are of all its time. */
    private void interfaceStatistics(int body, int end) throws CaptureException {
        requireRoom(body, end, 12, "interface statistics");
        int interfaceId = interfaceId(body, Integer.toUnsignedLong(buffer.getInt(body)));
        long lost = 0;
        for (Option option : options(body + 12, end)) {
            if (option.code == OPTION_INTERFACE_DROPPED || option.code == OPTION_SYSTEM_DROPPED) {
                require(option, 8, "a counter");
                lost += buffer.getLong(option.at);
            }
        }
        dropped.put(interfaceId, lost);
    }

    private List<Option> options(int from, int end) throws CaptureException {
        List<Option> options = new ArrayList<>();
        int at = from;
        while (end - at >= 4) {
            int code = Short.toUnsignedInt(buffer.getShort(at));
            int length = Short.toUnsignedInt(buffer.getShort(at + 2));
            if (code == END_OF_OPTIONS) {
                break;
            }
            requireRoom(at + 4, end, length, "an option");
            options.add(new Option(code, at + 4, length));
            at += 4 + (length + 3) / 4 * 4;
        }
        return options;
    }

    private record Option(int code, int at, int length) {}

    private void require(Option option, int bytes, String what) throws CaptureException {
        requireRoom(option.at, option.at + option.length, bytes, what);
    }

    private int interfaceId(int at, long inSection) throws CaptureException {
        if (inSection >= interfaces.size() - firstInterfaceOfSection) {
            throw problem(
                    at, "a packet of interface %d, which is not described".formatted(inSection));
        }
        return firstInterfaceOfSection + (int) inSection;
    }

    /** The enhanced and the obsolete kind differ only in how they name the interface. */
    private void timedPacket(int body, int end, long inSection) throws CaptureException {
        int interfaceId = interfaceId(body, inSection);
        long ticks =
                ((long) buffer.getInt(body + 4) << 32)
                        | Integer.toUnsignedLong(buffer.getInt(body + 8));
        int length = buffer.getInt(body + 12);
        requireRoom(body + 20, end, length, "a packet's bytes");
        lastAtNanos = clocks.get(interfaceId).nanos(ticks);
        release(lastAtNanos);
        sink.accept(
                frame(
                        interfaceId,
                        lastAtNanos,
                        block.slice(body + 20, length),
                        buffer.getInt(body + 16)));
    }

    /** Of the section's first interface, without a time, cut where that interface cuts. */
    private void simplePacket(int body, int end) throws CaptureException {
        requireRoom(body, end, 4, "a simple packet");
        int interfaceId = interfaceId(body, 0);
        int original = buffer.getInt(body);
        int snapLength = snapLengths.get(interfaceId);
        int length = snapLength > 0 && original > snapLength ? snapLength : original;
        requireRoom(body + 4, end, length, "a simple packet's bytes");
        boolean atTheBeginning = untimed == frames && waiting.size() < MOST_WAITING;
        untimed++;
        Frame frame =
                frame(
                        interfaceId,
                        frames == 0 ? 0 : lastAtNanos,
                        block.slice(body + 4, length),
                        original);
        if (atTheBeginning) {
            waiting.add(frame);
        } else {
            sink.accept(frame);
        }
    }

    private Frame frame(int interfaceId, long atNanos, Bytes data, int originalLength) {
        return new Frame(
                ++frames,
                interfaceId,
                interfaces.get(interfaceId).linkType(),
                atNanos,
                data,
                originalLength);
    }

    /** Frames without a time before the first that has one get that one's. */
    private void release(long atNanos) {
        waiting.forEach(f ->
                sink.accept(
                        new Frame(
                                f.number(),
                                f.interfaceId(),
                                f.linkType(),
                                atNanos,
                                f.data(),
                                f.originalLength())));
        waiting.clear();
    }

    private void requireRoom(int at, int end, int length, String what) throws CaptureException {
        if (length < 0 || length > end - at) {
            throw problem(at, what + " does not fit into its block");
        }
    }

    /** Turns an interface's ticks into time. */
    private static final class Clock {

        /** As if_tsresol has it: a negative power of 10, or of 2 with the highest bit. */
        private final int resolution;

        private final long offsetSeconds;
        private final BigInteger perSecond;

        /** 0 where a tick is no whole number of nanoseconds. */
        private final long nanosPerTick;

        Clock(int resolution, long offsetSeconds) {
            this.resolution = resolution;
            this.offsetSeconds = offsetSeconds;
            this.perSecond =
                    (resolution & 0x80) == 0
                            ? BigInteger.TEN.pow(resolution)
                            : BigInteger.TWO.pow(resolution & 0x7F);
            BigInteger[] nanos = BigInteger.valueOf(NANOS_PER_SECOND).divideAndRemainder(perSecond);
            this.nanosPerTick = nanos[1].signum() == 0 ? nanos[0].longValue() : 0;
        }

        long nanos(long ticks) {
            long most = nanosPerTick == 0 ? -1 : Long.MAX_VALUE / nanosPerTick;
            long nanos =
                    ticks >= 0 && ticks <= most ? ticks * nanosPerTick : exactly(ticks).longValue();
            return nanos + offsetSeconds * NANOS_PER_SECOND;
        }

        /** Of finer resolutions, and of ticks that are more than 63 bits. */
        private BigInteger exactly(long ticks) {
            return new BigInteger(Long.toUnsignedString(ticks))
                    .multiply(BigInteger.valueOf(NANOS_PER_SECOND))
                    .divide(perSecond);
        }
    }
}
