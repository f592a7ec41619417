package kontor.captures.reading;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import kontor.vocabulary.Bytes;

/** Builds captures in memory: packets as frames, and frames as files. */
public final class CaptureBuilder {

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int ACK = 0x10;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int MORE = 0x2000;
    private static final long FIRST_NANOS = 1_700_000_000_000_000_000L;

    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private long stepNanos = 1_000_000;
    private long nanos = FIRST_NANOS;
    private int snapLength = Integer.MAX_VALUE;
    private int identification;
    private int interfaceId;
    private UnaryOperator<Bytes> link = ip -> ethernet(0x0800, ip);

    /** With one interface, Ethernet; each frame is a millisecond after the one before. */
    public CaptureBuilder() {
        interfaces.add(new CaptureInterface("e0", LinkType.ETHERNET));
    }

    public static InetSocketAddress end(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    public static Bytes bytes(String text) {
        return Bytes.owning(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** All frames from now on have the same time. */
    public CaptureBuilder standingClock() {
        stepNanos = 0;
        return this;
    }

    /** Frames from now on are cut to that length. */
    public CaptureBuilder cutTo(int length) {
        snapLength = length;
        return this;
    }

    /** Frames from now on are of a new interface, whose headers are put before IP. */
    public CaptureBuilder on(LinkType type, UnaryOperator<Bytes> framed) {
        if (frames.isEmpty()) {
            interfaces.clear();
        }
        interfaces.add(new CaptureInterface("e" + interfaces.size(), type));
        interfaceId = interfaces.size() - 1;
        link = framed;
        return this;
    }

    /** Frames from now on are of an interface that is there already. */
    public CaptureBuilder backOn(int interfaceNumber) {
        interfaceId = interfaceNumber;
        return this;
    }

    public CaptureBuilder linked(UnaryOperator<Bytes> framed) {
        link = framed;
        return this;
    }

    public CaptureBuilder tcp(
            InetSocketAddress from, InetSocketAddress to, int seq, int ack, int flags, Bytes data) {
        return ip(TCP, from, to, tcpSegment(from, to, seq, ack, flags, data));
    }

    public CaptureBuilder udp(InetSocketAddress from, InetSocketAddress to, Bytes data) {
        return ip(UDP, from, to, udpDatagram(from, to, data.length() + 8, data));
    }

    /** With any length in its header. */
    public CaptureBuilder udp(
            InetSocketAddress from, InetSocketAddress to, int length, Bytes data) {
        return ip(UDP, from, to, udpDatagram(from, to, length, data));
    }

    /** A datagram in fragments of {@code size} bytes, as frames in the order of {@code order}. */
    public CaptureBuilder fragments(
            InetSocketAddress from, InetSocketAddress to, Bytes data, int size, int... order) {
        return fragments(
                UDP, from, to, udpDatagram(from, to, data.length() + 8, data), size, order);
    }

    /** A segment in fragments. */
    public CaptureBuilder tcpFragments(
            InetSocketAddress from,
            InetSocketAddress to,
            int seq,
            int ack,
            Bytes data,
            int size,
            int... order) {
        return fragments(TCP, from, to, tcpSegment(from, to, seq, ack, ACK, data), size, order);
    }

    private CaptureBuilder fragments(
            int protocol,
            InetSocketAddress from,
            InetSocketAddress to,
            Bytes whole,
            int size,
            int... order) {
        identification++;
        for (int i : order) {
            int at = i * size;
            int length = Math.min(size, whole.length() - at);
            int more = at + length < whole.length() ? MORE : 0;
            Bytes part = whole.slice(at, length);
            frame(link.apply(ipPacket(protocol, from, to, more | at / 8, part)));
        }
        return this;
    }

    private CaptureBuilder ip(
            int protocol, InetSocketAddress from, InetSocketAddress to, Bytes body) {
        identification++;
        return frame(link.apply(ipPacket(protocol, from, to, 0, body)));
    }

    /** Any bytes as a frame. */
    public CaptureBuilder frame(Bytes data) {
        Bytes kept = data.slice(0, Math.min(snapLength, data.length()));
        frames.add(
                new Frame(
                        frames.size() + 1,
                        interfaceId,
                        interfaces.get(interfaceId).linkType(),
                        nanos,
                        kept,
                        data.length()));
        nanos += stepNanos;
        return this;
    }

    public Capture capture() {
        return new Capture(interfaces, frames, 0, 0, 0, null);
    }

    public Packets packets() {
        return Packets.of(capture());
    }

    /** The same without some frames; the others are numbered anew. */
    public Capture without(int... numbers) {
        List<Integer> gone = java.util.Arrays.stream(numbers).boxed().toList();
        return reordered(
                frames.stream().map(Frame::number).filter(n -> !gone.contains(n)).toList());
    }

    /** Some frames in another order, at the times of those whose places they take. */
    public Capture reordered(List<Integer> numbers) {
        List<Frame> chosen = new ArrayList<>();
        for (int number : numbers) {
            Frame f = frames.get(number - 1);
            chosen.add(
                    new Frame(
                            chosen.size() + 1,
                            f.interfaceId(),
                            f.linkType(),
                            frames.get(chosen.size()).atNanos(),
                            f.data(),
                            f.originalLength()));
        }
        return new Capture(interfaces, chosen, 0, 0, 0, null);
    }

    /** As classic pcap. */
    public Bytes pcap(ByteOrder order, int magic, int nanosPerTick) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(24).order(order);
        header.putInt(magic).putShort((short) 2).putShort((short) 4).putLong(0);
        header.putInt(262_144).putInt(interfaces.getFirst().linkType().number());
        out.writeBytes(header.array());
        for (Frame frame : frames) {
            ByteBuffer head = ByteBuffer.allocate(16).order(order);
            head.putInt((int) (frame.atNanos() / 1_000_000_000));
            head.putInt((int) (frame.atNanos() % 1_000_000_000 / nanosPerTick));
            head.putInt(frame.data().length()).putInt(frame.originalLength());
            out.writeBytes(head.array());
            out.writeBytes(frame.data().toByteArray());
        }
        return Bytes.owning(out.toByteArray());
    }

    /** As pcapng of little-endian order, with enhanced or with simple packet blocks. */
    public Bytes pcapng(boolean simple) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        block(out, 0x0A0D0D0A, little(16).putInt(0x1A2B3C4D).putInt(1).putLong(-1));
        for (CaptureInterface described : interfaces) {
            ByteBuffer body = little(20);
            body.putShort((short) described.linkType().number()).putShort((short) 0);
            body.putInt(snapLength == Integer.MAX_VALUE ? 0 : snapLength);
            body.putShort((short) 9).putShort((short) 1).put((byte) 9).put(new byte[3]).putInt(0);
            block(out, 1, body);
        }
        for (Frame frame : frames) {
            int padded = (frame.data().length() + 3) / 4 * 4;
            ByteBuffer body = little((simple ? 4 : 20) + padded);
            if (!simple) {
                body.putInt(frame.interfaceId());
                body.putInt((int) (frame.atNanos() >>> 32)).putInt((int) frame.atNanos());
                body.putInt(frame.data().length());
            }
            body.putInt(frame.originalLength()).put(frame.data().toByteArray());
            block(out, simple ? 3 : 6, body);
        }
        return Bytes.owning(out.toByteArray());
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void block(ByteArrayOutputStream out, int type, ByteBuffer body) {
        int length = body.capacity() + 12;
        byte[] whole = new byte[length];
        ByteBuffer block = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(type).putInt(length).put(body.rewind()).putInt(length - 4, length);
        out.writeBytes(whole);
    }

    /** With the addresses of two ordinary machines. */
    public static Bytes ethernet(int type, Bytes payload) {
        return Bytes.ofHex("020000000002020000000001")
                .plus(Bytes.ofHex("%04x".formatted(type)))
                .plus(payload);
    }

    public static Bytes ethernetBroadcast(Bytes ip) {
        return Bytes.ofHex("ffffffffffff0200000000010800").plus(ip);
    }

    private Bytes ipPacket(
            int protocol, InetSocketAddress from, InetSocketAddress to, int flags, Bytes body) {
        ByteBuffer out = ByteBuffer.allocate(20 + body.length());
        out.put((byte) 0x45).put((byte) 0).putShort((short) (20 + body.length()));
        out.putShort((short) identification).putShort((short) flags);
        out.put((byte) 64).put((byte) protocol).putShort((short) 0);
        out.put(from.getAddress().getAddress()).put(to.getAddress().getAddress());
        out.put(body.toByteArray());
        return Bytes.owning(out.array());
    }

    private static Bytes tcpSegment(
            InetSocketAddress from, InetSocketAddress to, int seq, int ack, int flags, Bytes data) {
        ByteBuffer out = ByteBuffer.allocate(20 + data.length());
        out.putShort((short) from.getPort()).putShort((short) to.getPort());
        out.putInt(seq).putInt(ack).put((byte) 0x50).put((byte) flags).putShort((short) 65_535);
        out.putInt(0).put(data.toByteArray());
        return Bytes.owning(out.array());
    }

    private static Bytes udpDatagram(
            InetSocketAddress from, InetSocketAddress to, int length, Bytes data) {
        ByteBuffer out = ByteBuffer.allocate(8 + data.length());
        out.putShort((short) from.getPort()).putShort((short) to.getPort());
        out.putShort((short) length).putShort((short) 0).put(data.toByteArray());
        return Bytes.owning(out.array());
    }
}
