package kontor.captures.reading;

import static kontor.captures.reading.LinkLayer.u16;

import java.net.InetAddress;
import java.util.List;
import kontor.captures.reading.Packet.Nature;
import kontor.captures.reading.Packet.Place;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 packet or a fragment of one.
 *
 * @param linkCast what the frame's own address says; null if it says nothing
 * @param fragmentOffset where in the packet the body begins, in bytes
 * @param missing bytes that follow the body in the packet, and not in the capture
 */
record Ipv4Packet(
        List<Frame> frames,
        Place place,
        Packet.@Nullable Cast linkCast,
        InetAddress source,
        InetAddress destination,
        int protocol,
        int identification,
        int fragmentOffset,
        boolean moreFragments,
        Bytes body,
        int missing) {

    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET_MASK = 0x1FFF;
    private static final int SMALLEST_HEADER = 20;

    Ipv4Packet {
        frames = List.copyOf(frames);
    }

    /** Either this or {@link Packet.Other}. */
    sealed interface Parsed {
        record Ip(Ipv4Packet packet) implements Parsed {}

        record Not(Packet.Other other) implements Parsed {}
    }

    /**
     * Parses the packet at the beginning of {@code data}, which may be cut or padded.
     *
     * @throws IndexOutOfBoundsException if its header is not all there
     */
    static Parsed parse(
            Frame frame,
            Addresses addresses,
            Place place,
            Packet.@Nullable Cast linkCast,
            Bytes data) {
        int version = data.unsignedAt(0) >> 4;
        if (version == 6) {
            return LinkLayer.ipv6(frame, data);
        }
        int header = (data.unsignedAt(0) & 0xF) * 4;
        if (version != 4 || header < SMALLEST_HEADER) {
            return not(frame, Nature.BROKEN, "malformed IPv4 header");
        }
        int linkHeader = frame.data().length() - data.length();
        int onTheWire = Math.max(frame.originalLength() - linkHeader, data.length());
        // With segmentation left to the network card, a capture on the sender's side has no length
        // at all. Else the packet ends where IP says: Ethernet pads short frames.
        int length = u16(data, 2) == 0 ? onTheWire : u16(data, 2);
        if (length < header || length > onTheWire) {
            return new Parsed.Not(
                    new Packet.Other(
                            List.of(frame),
                            Nature.BROKEN,
                            "wrong IPv4 length",
                            addresses.of(data, 12),
                            addresses.of(data, 16)));
        }
        int present = Math.min(length, data.length());
        int flags = u16(data, 6);
        return new Parsed.Ip(
                new Ipv4Packet(
                        List.of(frame),
                        place,
                        linkCast,
                        addresses.of(data, 12),
                        addresses.of(data, 16),
                        data.unsignedAt(9),
                        u16(data, 4),
                        (flags & OFFSET_MASK) * 8,
                        (flags & MORE_FRAGMENTS) != 0,
                        data.slice(header, Math.max(0, present - header)),
                        length - Math.max(present, header)));
    }

    boolean fragment() {
        return moreFragments || fragmentOffset > 0;
    }

    Packet.Other other(Nature nature, String kind) {
        return new Packet.Other(frames, nature, kind, source, destination);
    }

    private static Parsed not(Frame frame, Nature nature, String kind) {
        return new Parsed.Not(new Packet.Other(List.of(frame), nature, kind, null, null));
    }
}
