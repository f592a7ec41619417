package kontor.captures.reading;

import java.util.List;
import kontor.captures.reading.Ipv4Packet.Parsed;
import kontor.captures.reading.Packet.Cast;
import kontor.captures.reading.Packet.Nature;
import kontor.captures.reading.Packet.Place;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Finds IPv4 in frames. Never fails: what it cannot read becomes {@link Packet.Other}, with a kind
 * that says what it is.
 */
final class LinkLayer {

    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int IPV6 = 0x86DD;
    private static final int VLAN = 0x8100;
    private static final int QINQ = 0x88A8;
    private static final int OLD_QINQ = 0x9100;
    private static final int PPPOE_SESSION = 0x8864;
    private static final int MPLS = 0x8847;

    /** Below it, the field is the length of an IEEE 802.3 frame. */
    private static final int SMALLEST_ETHERTYPE = 0x0600;

    private static final int ICMPV6 = 58;

    /** Address family of IPv4 in the loopback header, on every system. */
    private static final int FAMILY_IPV4 = 2;

    private LinkLayer() {}

    static Parsed parse(Frame frame, Addresses addresses) {
        if (!frame.linkType().supported()) {
            return not(frame, Nature.UNSUPPORTED, frame.linkType().toString());
        }
        try {
            return link(frame, addresses);
        } catch (IndexOutOfBoundsException e) {
            boolean cut = frame.data().length() < frame.originalLength();
            return not(
                    frame, Nature.BROKEN, cut ? "cut by the capture in its headers" : "malformed");
        }
    }

    private static Parsed link(Frame frame, Addresses addresses) {
        Bytes data = frame.data();
        Place place = new Place(frame.interfaceId(), 0);
        LinkType type = frame.linkType();
        if (type.equals(LinkType.ETHERNET)) {
            int typeAt = 12;
            while (tag(u16(data, typeAt))) {
                typeAt += 4;
            }
            return network(
                    frame,
                    addresses,
                    place,
                    ethernetCast(data),
                    u16(data, typeAt),
                    data.from(typeAt + 2));
        }
        if (type.equals(LinkType.LINUX_COOKED)) {
            return tagged(
                    frame,
                    addresses,
                    place,
                    cookedCast(u16(data, 0)),
                    u16(data, 14),
                    data.from(16));
        }
        if (type.equals(LinkType.LINUX_COOKED_2)) {
            Place behind = new Place(frame.interfaceId(), u16(data, 4) << 16 | u16(data, 6));
            Cast cast = cookedCast(data.unsignedAt(10));
            return tagged(frame, addresses, behind, cast, u16(data, 0), data.from(20));
        }
        if (type.equals(LinkType.NULL) || type.equals(LinkType.LOOP)) {
            // In the byte order of the machine that captured, whichever that was.
            int family =
                    u16(data, 0) == 0 ? u16(data, 2) : data.unsignedAt(1) << 8 | data.unsignedAt(0);
            return switch (family) {
                case FAMILY_IPV4 -> Ipv4Packet.parse(frame, addresses, place, null, data.from(4));
                case 10, 24, 28, 30 -> ipv6(frame, data.from(4));
                default -> not(frame, Nature.UNSUPPORTED, "address family " + family);
            };
        }
        return Ipv4Packet.parse(frame, addresses, place, null, data);
    }

    private static Parsed tagged(
            Frame frame,
            Addresses addresses,
            Place place,
            @Nullable Cast cast,
            int type,
            Bytes data) {
        int at = 0;
        int inner = type;
        while (tag(inner)) {
            inner = u16(data, at + 2);
            at += 4;
        }
        return network(frame, addresses, place, cast, inner, data.from(at));
    }

    private static boolean tag(int type) {
        return type == VLAN || type == QINQ || type == OLD_QINQ;
    }

    private static Parsed network(
            Frame frame,
            Addresses addresses,
            Place place,
            @Nullable Cast cast,
            int type,
            Bytes data) {
        return switch (type) {
            case IPV4 -> Ipv4Packet.parse(frame, addresses, place, cast, data);
            case ARP -> not(frame, Nature.NOISE, "ARP");
            case IPV6 -> ipv6(frame, data);
            case PPPOE_SESSION -> not(frame, Nature.UNSUPPORTED, "PPPoE");
            case MPLS -> not(frame, Nature.UNSUPPORTED, "MPLS");
            default ->
                    not(
                            frame,
                            Nature.NOISE,
                            type < SMALLEST_ETHERTYPE
                                    ? "IEEE 802.3"
                                    : "ethertype 0x%04X".formatted(type));
        };
    }

    /** Never played; what every machine says by itself is noise, as it is in IPv4. */
    static Parsed ipv6(Frame frame, Bytes data) {
        boolean toGroup = data.unsignedAt(24) == 0xFF;
        boolean control = data.unsignedAt(6) == ICMPV6;
        return toGroup || control
                ? not(frame, Nature.NOISE, control ? "ICMPv6" : "IPv6 multicast")
                : not(frame, Nature.UNSUPPORTED, "IPv6");
    }

    /** Loopback interfaces have only zeros for addresses, which say nothing. */
    private static @Nullable Cast ethernetCast(Bytes data) {
        int high = u16(data, 0);
        int middle = u16(data, 2);
        int low = u16(data, 4);
        if (high == 0xFFFF && middle == 0xFFFF && low == 0xFFFF) {
            return Cast.BROADCAST;
        }
        return (high | middle | low) == 0 ? null : Cast.ONE;
    }

    /** "Sent by us" does not say to whom. */
    private static @Nullable Cast cookedCast(int packetType) {
        return switch (packetType) {
            case 0, 3 -> Cast.ONE;
            case 1 -> Cast.BROADCAST;
            case 2 -> Cast.MULTICAST;
            default -> null;
        };
    }

    private static Parsed not(Frame frame, Nature nature, String kind) {
        return new Parsed.Not(new Packet.Other(List.of(frame), nature, kind, null, null));
    }

    static int u16(Bytes data, int at) {
        return data.unsignedAt(at) << 8 | data.unsignedAt(at + 1);
    }
}
