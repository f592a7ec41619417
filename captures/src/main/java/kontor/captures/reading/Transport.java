package kontor.captures.reading;

import static kontor.captures.reading.LinkLayer.u16;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import kontor.captures.reading.Packet.Cast;
import kontor.captures.reading.Packet.Nature;
import kontor.vocabulary.Bytes;

/** Finds TCP segments and UDP datagrams in IPv4 packets. Never fails, as {@link LinkLayer}. */
final class Transport {

    private static final int ICMP = 1;
    private static final int IGMP = 2;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private static final int UDP_HEADER = 8;
    private static final int SMALLEST_TCP_HEADER = 20;

    private static final int FIN_BIT = 0x01;
    private static final int SYN_BIT = 0x02;
    private static final int RST_BIT = 0x04;
    private static final int ACK_BIT = 0x10;

    private Transport() {}

    static Packet parse(Ipv4Packet ip) {
        try {
            return switch (ip.protocol()) {
                case TCP -> tcp(ip);
                case UDP -> udp(ip);
                case ICMP -> ip.other(Nature.NOISE, "ICMP");
                case IGMP -> ip.other(Nature.NOISE, "IGMP");
                default -> ip.other(Nature.UNSUPPORTED, "IP protocol " + ip.protocol());
            };
        } catch (IndexOutOfBoundsException e) {
            return ip.other(
                    Nature.BROKEN,
                    ip.missing() > 0 ? "cut by the capture in its headers" : "malformed");
        }
    }

    private static Packet udp(Ipv4Packet ip) {
        Bytes body = ip.body();
        int length = u16(body, 4);
        if (length < UDP_HEADER || length > body.length() + ip.missing()) {
            return ip.other(Nature.BROKEN, "wrong UDP length");
        }
        if (length > body.length()) {
            return ip.other(Nature.BROKEN, "datagram cut by the capture");
        }
        return new Packet.Udp(
                ip.frames(),
                ip.place(),
                cast(ip),
                new InetSocketAddress(ip.source(), u16(body, 0)),
                new InetSocketAddress(ip.destination(), u16(body, 2)),
                body.slice(UDP_HEADER, length - UDP_HEADER));
    }

    private static Packet tcp(Ipv4Packet ip) {
        Bytes segment = ip.body();
        int header = (segment.unsignedAt(12) >> 4) * 4;
        int flags = segment.unsignedAt(13);
        if (header < SMALLEST_TCP_HEADER || header > segment.length() + ip.missing()) {
            return ip.other(Nature.BROKEN, "malformed TCP header");
        }
        // What the capture cut begins behind the header, or inside of its options.
        int present = Math.min(header, segment.length());
        return new Packet.Tcp(
                ip.frames(),
                ip.place(),
                new InetSocketAddress(ip.source(), u16(segment, 0)),
                new InetSocketAddress(ip.destination(), u16(segment, 2)),
                u32(segment, 4),
                u32(segment, 8),
                (flags & SYN_BIT) != 0,
                (flags & ACK_BIT) != 0,
                (flags & FIN_BIT) != 0,
                (flags & RST_BIT) != 0,
                segment.from(present),
                ip.missing() - (header - present));
    }

    private static Cast cast(Ipv4Packet ip) {
        InetAddress to = ip.destination();
        if (to.isMulticastAddress()) {
            return Cast.MULTICAST;
        }
        byte[] address = to.getAddress();
        if (address[0] == -1 && address[1] == -1 && address[2] == -1 && address[3] == -1) {
            return Cast.BROADCAST;
        }
        if (ip.linkCast() != null) {
            return ip.linkCast();
        }
        // Without the network's mask, ".255" is as near as one gets to a subnet's broadcast.
        return address[3] == -1 ? Cast.BROADCAST : Cast.ONE;
    }

    private static int u32(Bytes data, int at) {
        return u16(data, at) << 16 | u16(data, at + 2);
    }
}
