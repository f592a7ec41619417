package kontor.players.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import kontor.vocabulary.Bytes;

/**
 * Finds TCP segments and UDP datagrams in frames. Never fails: what it cannot read becomes {@link
 * Packet.Other}.
 */
public final class PacketDecoder {

    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int VLAN = 0x8100;
    private static final int IPV6 = 0x86DD;

    private static final int ICMP = 1;
    private static final int IGMP = 2;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private static final int FIN_BIT = 0x01;
    private static final int SYN_BIT = 0x02;
    private static final int RST_BIT = 0x04;
    private static final int ACK_BIT = 0x10;

    private PacketDecoder() {}

    public static Packet decode(Frame frame) {
        try {
            return link(frame);
        } catch (IndexOutOfBoundsException e) {
            return new Packet.Other(frame, "malformed");
        }
    }

    private static Packet link(Frame frame) {
        Bytes data = frame.data();
        return switch (frame.linkType()) {
            case ETHERNET -> {
                int typeAt = 12;
                while (u16(data, typeAt) == VLAN) {
                    typeAt += 4;
                }
                yield network(frame, u16(data, typeAt), data.from(typeAt + 2));
            }
            case LINUX_COOKED -> network(frame, u16(data, 14), data.from(16));
            case LINUX_COOKED_2 -> network(frame, u16(data, 0), data.from(20));
            case RAW, IPV4 -> network(frame, IPV4, data);
            case NULL -> network(frame, IPV4, data.from(4));
            case OTHER -> new Packet.Other(frame, "unknown link type");
        };
    }

    private static Packet network(Frame frame, int type, Bytes data) {
        return switch (type) {
            case IPV4 -> ipv4(frame, data);
            case ARP -> new Packet.Other(frame, "arp");
            case IPV6 -> new Packet.Other(frame, "ipv6");
            default -> new Packet.Other(frame, "ethertype 0x%04X".formatted(type));
        };
    }

    private static Packet ipv4(Frame frame, Bytes data) {
        if (data.unsignedAt(0) >> 4 != 4) {
            return new Packet.Other(frame, data.unsignedAt(0) >> 4 == 6 ? "ipv6" : "malformed");
        }
        int header = (data.unsignedAt(0) & 0xF) * 4;
        // Ethernet pads short frames: the packet ends where IP says. With segmentation left to the
        // network card, a capture on the sender's side has no length at all.
        int length = u16(data, 2) == 0 ? data.length() : u16(data, 2);
        Bytes body = data.slice(header, length - header);
        boolean fragment = (u16(data, 6) & 0x3FFF) != 0;
        if (fragment) {
            return new Packet.Other(frame, "fragment");
        }
        InetAddress source = address(data, 12);
        InetAddress destination = address(data, 16);
        return switch (data.unsignedAt(9)) {
            case TCP -> tcp(frame, source, destination, body);
            case UDP ->
                    new Packet.Udp(
                            frame,
                            new InetSocketAddress(source, u16(body, 0)),
                            new InetSocketAddress(destination, u16(body, 2)),
                            body.slice(8, u16(body, 4) - 8));
            case ICMP -> new Packet.Other(frame, "icmp");
            case IGMP -> new Packet.Other(frame, "igmp");
            default -> new Packet.Other(frame, "ip protocol " + data.unsignedAt(9));
        };
    }

    private static Packet tcp(
            Frame frame, InetAddress source, InetAddress destination, Bytes segment) {
        int flags = segment.unsignedAt(13);
        return new Packet.Tcp(
                frame,
                new InetSocketAddress(source, u16(segment, 0)),
                new InetSocketAddress(destination, u16(segment, 2)),
                u16(segment, 4) << 16 | u16(segment, 6),
                (flags & SYN_BIT) != 0,
                (flags & ACK_BIT) != 0,
                (flags & FIN_BIT) != 0,
                (flags & RST_BIT) != 0,
                segment.from((segment.unsignedAt(12) >> 4) * 4));
    }

    private static InetAddress address(Bytes data, int at) {
        try {
            return InetAddress.getByAddress(data.slice(at, 4).toByteArray());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static int u16(Bytes data, int at) {
        return data.unsignedAt(at) << 8 | data.unsignedAt(at + 1);
    }
}
