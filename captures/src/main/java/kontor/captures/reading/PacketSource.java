package kontor.captures.reading;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The packets of a capture in order of time, of several at the same time in the order of the file;
 * they can be read several times, and only the sink keeps any. Frames may stand in the file up to
 * {@link #WINDOW} frames away from their place in time.
 */
public final class PacketSource {

    /** Frames that are sorted at once, if they have no more bytes than these. */
    static final int WINDOW = 65_536;

    private static final long WINDOW_BYTES = 16 << 20;

    private static final Comparator<Frame> IN_ORDER =
            Comparator.comparingLong(Frame::atNanos).thenComparingInt(Frame::number);

    private final FrameSource frames;

    public PacketSource(FrameSource frames) {
        this.frames = frames;
    }

    /**
     * Gives each packet to {@code sink}.
     *
     * @throws CaptureException if this is no capture file, or is damaged, or its frames are further
     *     away from their places than can be sorted
     */
    public CaptureSummary read(Consumer<Packet> sink) throws CaptureException {
        Window window = new Window(new PacketReader(sink));
        CaptureSummary summary = frames.read(window::on);
        window.end();
        return summary;
    }

    private static final class Window {

        private final PacketReader reader;

        /** Those that came in order, which most do. */
        private final Deque<Frame> inOrder = new ArrayDeque<>();

        private final PriorityQueue<Frame> overtaken = new PriorityQueue<>(IN_ORDER);
        private long bytes;
        private long passed = Long.MIN_VALUE;
        private int tooLate;

        Window(PacketReader reader) {
            this.reader = reader;
        }

        void on(Frame frame) {
            if (frame.atNanos() < passed && tooLate == 0) {
                tooLate = frame.number();
            }
            if (inOrder.isEmpty() || inOrder.getLast().atNanos() <= frame.atNanos()) {
                inOrder.add(frame);
            } else {
                overtaken.add(frame);
            }
            bytes += frame.data().length();
            while (waiting() > WINDOW || bytes > WINDOW_BYTES) {
                pass();
            }
        }

        private int waiting() {
            return inOrder.size() + overtaken.size();
        }

        private void pass() {
            boolean isOvertaken =
                    !overtaken.isEmpty()
                            && (inOrder.isEmpty()
                                    || IN_ORDER.compare(overtaken.element(), inOrder.element())
                                            < 0);
            Frame first = isOvertaken ? overtaken.remove() : inOrder.remove();
            bytes -= first.data().length();
            passed = Math.max(passed, first.atNanos());
            reader.on(first);
        }

        void end() throws CaptureException {
            while (waiting() > 0) {
                pass();
            }
            reader.end();
            if (tooLate > 0) {
                throw new CaptureException(
                        "frame %d is earlier than others that stand far in front of it: sort the"
                                        .formatted(tooLate)
                                + " capture first (reordercap)");
            }
        }
    }
}
