package kontor.players.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import kontor.vocabulary.Bytes;

/** What a frame holds. */
public sealed interface Packet {

    Frame frame();

    /** A whole TCP segment over IPv4. */
    record Tcp(
            Frame frame,
            InetSocketAddress source,
            InetSocketAddress destination,
            int sequence,
            boolean syn,
            boolean ack,
            boolean fin,
            boolean rst,
            Bytes payload)
            implements Packet {}

    /** A whole UDP datagram over IPv4. */
    record Udp(Frame frame, InetSocketAddress source, InetSocketAddress destination, Bytes payload)
            implements Packet {

        /** Whether it is meant for several machines. */
        boolean forMany() {
            InetAddress address = destination.getAddress();
            // Without the network's mask, ".255" is as near as one gets to a subnet's broadcast.
            return address.isMulticastAddress() || (address.getAddress()[3] & 0xFF) == 0xFF;
        }
    }

    /**
     * Anything else.
     *
     * @param kind a word for counting: "arp", "ipv6", "icmp", "fragment", "malformed" ...
     */
    record Other(Frame frame, String kind) implements Packet {}
}
