package kontor.captures.writing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import kontor.vocabulary.Bytes;

/**
 * Makes frames of what games said: Ethernet, IPv4 or IPv6, TCP or UDP, with valid lengths and
 * checksums. Machines have locally administered addresses that end as their IP addresses do.
 * Stateless.
 */
public final class EthernetFrames {

    /** So many bytes fit behind the headers of one IPv4 packet, whose length has 16 bits. */
    public static final int LONGEST_SEGMENT = 65_535 - 20 - 20;

    /** What fits into one UDP datagram over IPv4. */
    public static final int LONGEST_DATAGRAM = 65_535 - 20 - 8;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;

    private static final int ETHERNET_HEADER = 14;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;

    private static final short TYPE_IPV4 = 0x0800;
    private static final short TYPE_IPV6 = (short) 0x86DD;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final byte HOPS = 64;
    private static final byte TCP = 6;
    private static final byte UDP = 17;

    /** Of a SYN: largest segment, window scale 14. */
    private static final byte[] SYN_OPTIONS = {
        2, 4, (byte) (LONGEST_SEGMENT >> 8), (byte) LONGEST_SEGMENT, 1, 3, 3, 14
    };

    private static final short WINDOW = (short) 0xFFFF;

    private EthernetFrames() {}

    /** A TCP segment; one with SYN announces a window of 1 GiB, so that none ever seems full. */
    public static Bytes tcp(
            InetSocketAddress from,
            InetSocketAddress to,
            int sequence,
            int acknowledged,
            int flags,
            Bytes payload) {
        byte[] options = (flags & SYN) == 0 ? new byte[0] : SYN_OPTIONS;
        int header = TCP_HEADER + options.length;
        ByteBuffer segment = ByteBuffer.allocate(header + payload.length());
        segment.putShort((short) from.getPort()).putShort((short) to.getPort());
        segment.putInt(sequence).putInt((flags & ACK) == 0 ? 0 : acknowledged);
        segment.put((byte) ((header / 4) << 4)).put((byte) flags).putShort(WINDOW);
        segment.putShort((short) 0).putShort((short) 0).put(options);
        segment.put(payload.asByteBuffer());
        return frame(from.getAddress(), to.getAddress(), TCP, segment, 16, false);
    }

    /**
     * A UDP datagram.
     *
     * @param broadcast whether it goes to all of the network
     */
    public static Bytes udp(
            InetSocketAddress from, InetSocketAddress to, Bytes payload, boolean broadcast) {
        int length = UDP_HEADER + payload.length();
        ByteBuffer datagram = ByteBuffer.allocate(length);
        datagram.putShort((short) from.getPort()).putShort((short) to.getPort());
        datagram.putShort((short) length).putShort((short) 0).put(payload.asByteBuffer());
        return frame(from.getAddress(), to.getAddress(), UDP, datagram, 6, broadcast);
    }

    private static Bytes frame(
            InetAddress from,
            InetAddress to,
            byte protocol,
            ByteBuffer body,
            int checksumAt,
            boolean broadcast) {
        boolean v4 = from instanceof Inet4Address && to instanceof Inet4Address;
        byte[] source = v4 ? from.getAddress() : sixteen(from);
        byte[] target = v4 ? to.getAddress() : sixteen(to);
        int sum = checksum(pseudoHeader(source, target, protocol, body.capacity()), body);
        // A UDP checksum of 0 would mean that there is none.
        body.putShort(checksumAt, (short) (protocol == UDP && sum == 0 ? 0xFFFF : sum));
        int header = v4 ? IPV4_HEADER : IPV6_HEADER;
        ByteBuffer out = ByteBuffer.allocate(ETHERNET_HEADER + header + body.capacity());
        machine(out, target, broadcast);
        machine(out, source, false);
        out.putShort(v4 ? TYPE_IPV4 : TYPE_IPV6);
        if (v4) {
            ipv4(out, source, target, protocol, body.capacity());
        } else {
            out.putInt(0x6000_0000).putShort((short) body.capacity()).put(protocol).put(HOPS);
            out.put(source).put(target);
        }
        out.put(body.rewind());
        return Bytes.owning(out.array());
    }

    private static void ipv4(
            ByteBuffer out, byte[] source, byte[] target, byte protocol, int length) {
        ByteBuffer header = ByteBuffer.allocate(IPV4_HEADER);
        header.putShort((short) 0x4500).putShort((short) (IPV4_HEADER + length));
        header.putShort((short) 0).putShort((short) DO_NOT_FRAGMENT);
        header.put(HOPS).put(protocol).putShort((short) 0).put(source).put(target);
        header.putShort(10, (short) checksum(header));
        out.put(header.rewind());
    }

    private static void machine(ByteBuffer out, byte[] address, boolean broadcast) {
        if (broadcast) {
            out.putShort((short) -1).putInt(-1);
        } else {
            out.putShort((short) 0x0200).put(address, address.length - 4, 4);
        }
    }

    private static byte[] sixteen(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16) {
            return bytes;
        }
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }

    private static ByteBuffer pseudoHeader(
            byte[] source, byte[] target, byte protocol, int length) {
        ByteBuffer header = ByteBuffer.allocate(source.length + target.length + 8);
        return header.put(source).put(target).putInt(length).putInt(protocol);
    }

    /** The internet checksum: the complement of the sum of all 16-bit words, carries added. */
    private static int checksum(ByteBuffer... parts) {
        long sum = 0;
        for (ByteBuffer part : parts) {
            ByteBuffer words = part.duplicate().clear();
            while (words.remaining() > 1) {
                sum += Short.toUnsignedInt(words.getShort());
            }
            if (words.hasRemaining()) {
                sum += Byte.toUnsignedInt(words.get()) << 8;
            }
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
        return (int) ~sum & 0xFFFF;
    }
}
