package kontor.captures.reading;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** What a frame holds, or several frames that are the fragments of one packet. */
public sealed interface Packet {

    /** One or more, in order of time. */
    List<Frame> frames();

    /** The last one, which made the packet whole. */
    default Frame frame() {
        return frames().getLast();
    }

    /** For how many machines a packet is meant. */
    enum Cast {
        ONE,
        /** All of a network. */
        BROADCAST,
        MULTICAST
    }

    /**
     * Where a frame was seen: an interface of the capture, and behind one that shows several, the
     * one that the frame itself names.
     */
    record Place(int interfaceId, int behind) {}

    /**
     * A TCP segment over IPv4.
     *
     * @param acknowledged meaningful with {@code ack} only
     * @param missing bytes that follow the payload in the segment, and not in the capture
     */
    record Tcp(
            List<Frame> frames,
            Place place,
            InetSocketAddress source,
            InetSocketAddress destination,
            int sequence,
            int acknowledged,
            boolean syn,
            boolean ack,
            boolean fin,
            boolean rst,
            Bytes payload,
            int missing)
            implements Packet {

        public Tcp {
            frames = List.copyOf(frames);
        }
    }

    /** A whole UDP datagram over IPv4. */
    record Udp(
            List<Frame> frames,
            Place place,
            Cast cast,
            InetSocketAddress source,
            InetSocketAddress destination,
            Bytes payload)
            implements Packet {

        public Udp {
            frames = List.copyOf(frames);
        }
    }

    /** Why a packet is neither. */
    enum Nature {
        /** Of protocols that no game speaks through a lab: ARP, ICMP ... */
        NOISE,
        /** A game may speak it, but it cannot be read here. */
        UNSUPPORTED,
        /** It would be TCP or UDP, but not all of it is there. */
        BROKEN
    }

    /**
     * Anything else.
     *
     * @param kind a few words for counting: "ARP", "IPv6", "frame cut by the capture" ...
     * @param sourceOrNull where it is known
     * @param destinationOrNull where it is known
     */
    record Other(
            List<Frame> frames,
            Nature nature,
            String kind,
            @Nullable InetAddress sourceOrNull,
            @Nullable InetAddress destinationOrNull)
            implements Packet {

        public Other {
            frames = List.copyOf(frames);
        }

        /** Whether it is known to come from there or to go there. */
        public boolean concerns(InetAddress address) {
            return address.equals(sourceOrNull) || address.equals(destinationOrNull);
        }
    }
}
