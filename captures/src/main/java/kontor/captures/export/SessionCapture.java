package kontor.captures.export;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kontor.captures.export.HeldBytes.Piece;
import kontor.captures.export.TcpCourse.Segment;
import kontor.captures.writing.EthernetFrames;
import kontor.captures.writing.PacketOptions;
import kontor.captures.writing.PacketOptions.Cast;
import kontor.captures.writing.PacketOptions.Direction;
import kontor.captures.writing.PcapngBlocks;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Makes a pcapng file of a session, event by event: one interface for each instance, on which the
 * flows are that its game opened, both directions, addressed as it sees them; the session sequence
 * as packet id; what was noted and decided as comments. Bytes that were delivered in place of
 * others are packets of connections of their own, from and to 198.18.0.0/15, on the receiver's
 * interface.
 *
 * <p>Each event comes once, in order. What is kept is the state of each flow, and of messages that
 * are not whole {@value #MOST_HELD} bytes at most. Not thread-safe.
 */
public final class SessionCapture {

    /** In all flows; more goes out in segments as it came. */
    static final int MOST_HELD = 16 << 20;

    private static final String NO_INSTANCE = "lab";

    private final List<Bytes> blocks = new ArrayList<>();
    private final Map<String, Integer> interfaces = new LinkedHashMap<>();
    private final Map<String, Long> missed = new HashMap<>();
    private final Map<Integer, Flow> flows = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private long newestNanos;
    private long heldBytes;

    /**
     * @param application that writes the file
     * @param comment on the whole file
     * @param networks of the instances, as far as they are known; others get interfaces too
     */
    public SessionCapture(String application, String comment, List<InstanceNetwork> networks) {
        blocks.add(PcapngBlocks.section(application, comment));
        for (InstanceNetwork network : networks) {
            interfaces.put(network.instance(), interfaces.size());
            blocks.add(PcapngBlocks.describe(network.instance(), network.description()));
        }
    }

    /** A TCP flow: as its games sent it, and as far as something else was delivered, that. */
    private static final class Flow {
        final RecordedFlow flow;
        final TcpCourse course;
        final TcpCourse delivered;
        final HeldBytes fromOpener = new HeldBytes();
        final HeldBytes fromTarget = new HeldBytes();
        long deliveredFromOpener;
        long deliveredFromTarget;
        long openerSaid;
        long targetSaid;

        Flow(RecordedFlow flow) {
            this.flow = flow;
            InetSocketAddress opener = flow.opener().address();
            InetSocketAddress target = flow.target().address();
            course = new TcpCourse(flow.number(), opener, target);
            delivered = new TcpCourse(-flow.number(), shadow(opener), shadow(target));
        }

        HeldBytes held(boolean opening) {
            return opening ? fromOpener : fromTarget;
        }
    }

    /** Returns the file's bytes that are ready, and forgets them. */
    public Bytes take() {
        int length = blocks.stream().mapToInt(Bytes::length).sum();
        byte[] joined = new byte[length];
        int at = 0;
        for (Bytes block : blocks) {
            block.asByteBuffer().get(joined, at, block.length());
            at += block.length();
        }
        blocks.clear();
        return Bytes.owning(joined);
    }

    public void on(RecordedEvent event) {
        newestNanos = Math.max(newestNanos, event.atNanos());
        notes.addAll(event.notes());
        if (event.missed() > 0) {
            missed.merge(event.instance(), event.missed(), Long::sum);
        }
        RecordedFlow flow = event.flow();
        if (flow == null) {
            return;
        }
        if (flow.tcp()) {
            tcp(flows.computeIfAbsent(flow.number(), _ -> new Flow(flow)), event);
        } else if (event.type().equals("datagram") || isInjected(event)) {
            datagram(flow, event);
        }
    }

    /** What is held goes out, as nothing comes that would complete it. */
    public void flush() {
        flows.values()
                .forEach(flow -> {
                    pieces(flow, true, flow.fromOpener.flush());
                    pieces(flow, false, flow.fromTarget.flush());
                });
        heldBytes = 0;
    }

    /** Nothing comes any more. */
    public void end() {
        flush();
        if (!notes.isEmpty()) {
            int last = interfaceOf(interfaces.isEmpty() ? NO_INSTANCE : firstInterface());
            blocks.add(PcapngBlocks.statistics(last, newestNanos, String.join("\n", notes)));
            notes.clear();
        }
    }

    private String firstInterface() {
        return interfaces.keySet().iterator().next();
    }

    private void tcp(Flow flow, RecordedEvent event) {
        boolean opening = event.fromOpener();
        switch (event.type()) {
            case "flow_opened" -> {
                flow.course.startAt(true, 0);
                flow.course.startAt(false, 0);
                if (event.wanted()) {
                    segments(flow, flow.course.begin(), event, "");
                    if (!event.passedOn()) {
                        // Its adapter had accepted before it was known that there is nobody.
                        segments(flow, flow.course.reset(false, 0), event, "");
                    }
                }
            }
            case "flow_data" -> data(flow, event);
            case "flow_half_closed" -> {
                release(flow, opening);
                if (event.wanted()) {
                    segments(flow, flow.course.finish(opening, said(flow, opening)), event, "");
                }
            }
            case "flow_reset", "flow_refused" -> {
                release(flow, true);
                release(flow, false);
                if (event.wanted()) {
                    segments(flow, flow.course.reset(opening, said(flow, opening)), event, "");
                }
            }
            default -> {
                // No packet shows it.
            }
        }
        event.told().forEach(told -> delivered(flow, event, told));
    }

    private void release(Flow flow, boolean opening) {
        heldBytes -= flow.held(opening).length();
        pieces(flow, opening, flow.held(opening).flush());
    }

    private static long said(Flow flow, boolean opening) {
        return opening ? flow.openerSaid : flow.targetSaid;
    }

    private void data(Flow flow, RecordedEvent event) {
        boolean opening = event.fromOpener();
        long offset = event.streamOffset() >= 0 ? event.streamOffset() : said(flow, opening);
        flow.course.startAt(opening, offset);
        long behind = offset + event.payload().length();
        if (opening) {
            flow.openerSaid = behind;
        } else {
            flow.targetSaid = behind;
        }
        HeldBytes held = flow.held(opening);
        heldBytes -= held.length();
        List<Piece> ready = held.add(event, offset);
        heldBytes += held.length();
        pieces(flow, opening, ready);
        if (heldBytes > MOST_HELD) {
            flush();
        }
    }

    private void pieces(Flow flow, boolean opening, List<Piece> pieces) {
        for (Piece piece : pieces) {
            RecordedEvent last = piece.last();
            if (last.wanted()) {
                String from =
                        piece.first().sequence() == last.sequence()
                                ? ""
                                : "its bytes came with events %d to %d"
                                        .formatted(piece.first().sequence(), last.sequence());
                segments(
                        flow,
                        flow.course.write(opening, piece.offset(), piece.bytes()),
                        last,
                        from);
            }
        }
    }

    private void segments(Flow flow, List<Segment> segments, RecordedEvent about, String comment) {
        boolean said = false;
        for (Segment segment : segments) {
            boolean own = segment.fromOpener() == about.fromOpener();
            PacketOptions options =
                    PacketOptions.of(direction(segment.fromOpener()), about.sequence());
            if (own && !said) {
                said = true;
                options = decided(options, about);
                if (!comment.isEmpty()) {
                    options = options.withComment(comment);
                }
            }
            packet(flow.flow.opener().instance(), about.atNanos(), segment.frame(), options);
        }
    }

    /** As the opener's machine sees it. */
    private static Direction direction(boolean fromOpener) {
        return fromOpener ? Direction.OUTBOUND : Direction.INBOUND;
    }

    private static boolean isInjected(RecordedEvent event) {
        return event.verdict().equals("injected");
    }

    private void datagram(RecordedFlow flow, RecordedEvent event) {
        if (!event.wanted()) {
            return;
        }
        RecordedFlow.End from = flow.end(event.fromOpener());
        RecordedFlow.End to = flow.end(!event.fromOpener());
        boolean broadcast = event.fromOpener() && flow.broadcast();
        if (!isInjected(event)) {
            PacketOptions options =
                    PacketOptions.of(direction(event.fromOpener()), event.sequence())
                            .with(broadcast ? Cast.BROADCAST : Cast.UNICAST);
            packet(
                    flow.opener().instance(),
                    event.atNanos(),
                    EthernetFrames.udp(from.address(), to.address(), event.payload(), broadcast),
                    decided(options, event));
        }
        for (RecordedEvent.Told told : event.told()) {
            Bytes frame =
                    EthernetFrames.udp(
                            shadow(from.address()), shadow(to.address()), told.bytes(), false);
            for (int copy = 0; copy < told.copies(); copy++) {
                deliveredTo(event, frame, told.instance());
            }
        }
    }

    /** In a connection of its own: its bytes have the places of others. */
    private void delivered(Flow flow, RecordedEvent event, RecordedEvent.Told told) {
        Bytes bytes = told.bytes();
        if (!event.wanted()) {
            return;
        }
        boolean opening = event.fromOpener();
        long at = opening ? flow.deliveredFromOpener : flow.deliveredFromTarget;
        if (opening) {
            flow.deliveredFromOpener += bytes.length();
        } else {
            flow.deliveredFromTarget += bytes.length();
        }
        flow.delivered.startAt(true, 0);
        flow.delivered.startAt(false, 0);
        for (Segment segment : flow.delivered.write(opening, at, bytes)) {
            deliveredTo(event, segment.frame(), told.instance());
        }
    }

    private void deliveredTo(RecordedEvent event, Bytes frame, String instance) {
        String comment =
                isInjected(event)
                        ? "injected: no game sent this"
                        : "delivered to %s in place of the bytes of event %d"
                                .formatted(instance, event.sequence());
        PacketOptions options =
                PacketOptions.of(Direction.INBOUND, event.sequence()).withComment(comment);
        packet(instance, event.atNanos(), frame, options);
    }

    private PacketOptions decided(PacketOptions options, RecordedEvent event) {
        PacketOptions all = event.passedOn() ? options : options.asRefused();
        String comment = event.verdictComment();
        return comment.isEmpty() ? all : all.withComment(comment);
    }

    private void packet(String instance, long atNanos, Bytes frame, PacketOptions options) {
        int number = interfaceOf(instance.isEmpty() ? NO_INSTANCE : instance);
        PacketOptions all = options;
        for (String note : notes) {
            all = all.withComment(note);
        }
        notes.clear();
        @Nullable Long lost = missed.remove(instance);
        blocks.add(
                PcapngBlocks.packet(
                        number, atNanos, frame, lost == null ? all : all.withDropped(lost)));
    }

    private int interfaceOf(String instance) {
        @Nullable Integer known = interfaces.get(instance);
        if (known != null) {
            return known;
        }
        int number = interfaces.size();
        interfaces.put(instance, number);
        blocks.add(PcapngBlocks.describe(instance, ""));
        return number;
    }

    /** The same machine in the network that is set aside for tests of networks. */
    private static InetSocketAddress shadow(InetSocketAddress end) {
        byte[] address = end.getAddress().getAddress();
        byte[] other = {(byte) 198, 18, address[address.length - 2], address[address.length - 1]};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(other), end.getPort());
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
