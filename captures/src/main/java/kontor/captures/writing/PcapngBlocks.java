package kontor.captures.writing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import kontor.vocabulary.Bytes;

/**
 * The blocks of a pcapng file, little-endian: put one behind the other they are the file. An
 * interface is described before its first packet, at any place; its number counts the descriptions
 * before it. Stateless.
 */
public final class PcapngBlocks {

    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int INTERFACE_STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int ETHERNET = 1;
    private static final int NANOSECONDS = 9;

    private static final int COMMENT = 1;
    private static final int USER_APPLICATION = 4;
    private static final int INTERFACE_NAME = 2;
    private static final int INTERFACE_TEXT = 3;
    private static final int INTERFACE_RESOLUTION = 9;
    private static final int PACKET_FLAGS = 2;
    private static final int PACKET_DROP_COUNT = 4;
    private static final int PACKET_ID = 5;
    private static final int PACKET_VERDICT = 7;

    /**
     * Linux's traffic control: the kind of verdict, and its word for a packet that goes no further.
     */
    private static final byte TRAFFIC_CONTROL = 1;

    private static final long SHOT = 2;

    /** An option's length has 16 bits. */
    private static final int LONGEST_TEXT = 65_000;

    private PcapngBlocks() {}

    /** Begins a file. */
    public static Bytes section(String application, String comment) {
        Options options = new Options();
        options.text(USER_APPLICATION, application);
        options.text(COMMENT, comment);
        ByteBuffer body = little(16);
        body.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        return block(SECTION_HEADER, body, options);
    }

    /** Describes the next interface: Ethernet, times in nanoseconds. */
    public static Bytes describe(String name, String description) {
        Options options = new Options();
        options.text(INTERFACE_NAME, name);
        options.text(INTERFACE_TEXT, description);
        options.put(INTERFACE_RESOLUTION, little(1).put((byte) NANOSECONDS));
        ByteBuffer body = little(8);
        body.putShort((short) ETHERNET).putShort((short) 0).putInt(0);
        return block(INTERFACE_DESCRIPTION, body, options);
    }

    /**
     * A packet.
     *
     * @param atNanos since 1970
     */
    public static Bytes packet(int interfaceId, long atNanos, Bytes frame, PacketOptions about) {
        Options options = new Options();
        about.comments().forEach(comment -> options.text(COMMENT, comment));
        int flags = about.direction().bits | about.cast().bits << 2;
        options.put(PACKET_FLAGS, little(4).putInt(flags));
        if (about.dropped() > 0) {
            options.put(PACKET_DROP_COUNT, little(8).putLong(about.dropped()));
        }
        options.put(PACKET_ID, little(8).putLong(about.packetId()));
        if (about.refused()) {
            options.put(PACKET_VERDICT, little(9).put(TRAFFIC_CONTROL).putLong(SHOT));
        }
        ByteBuffer body = little(20 + padded(frame.length()));
        body.putInt(interfaceId);
        body.putInt((int) (atNanos >>> 32)).putInt((int) atNanos);
        body.putInt(frame.length()).putInt(frame.length());
        body.put(frame.asByteBuffer());
        return block(ENHANCED_PACKET, body, options);
    }

    /** The statistics of an interface, written behind its last packet. */
    public static Bytes statistics(int interfaceId, long atNanos, String comment) {
        Options options = new Options();
        options.text(COMMENT, comment);
        ByteBuffer body = little(12);
        body.putInt(interfaceId).putInt((int) (atNanos >>> 32)).putInt((int) atNanos);
        return block(INTERFACE_STATISTICS, body, options);
    }

    private static Bytes block(int type, ByteBuffer body, Options options) {
        byte[] tail = options.end();
        int length = 12 + body.capacity() + tail.length;
        byte[] whole = new byte[length];
        ByteBuffer block = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(type).putInt(length).put(body.rewind()).put(tail).putInt(length);
        return Bytes.owning(whole);
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    /** A list of options. */
    private static final class Options {

        private ByteBuffer out = little(128);

        void text(int code, String text) {
            if (!text.isEmpty()) {
                byte[] utf8 = text.getBytes(UTF_8);
                int kept = Math.min(utf8.length, LONGEST_TEXT);
                while (kept < utf8.length && (utf8[kept] & 0xC0) == 0x80) {
                    kept--;
                }
                put(code, ByteBuffer.wrap(Arrays.copyOf(utf8, kept)));
            }
        }

        void put(int code, ByteBuffer value) {
            int needed = 4 + padded(value.capacity());
            while (out.remaining() < needed + 4) {
                out = little(2 * out.capacity()).put(out.flip());
            }
            int begin = out.position();
            out.putShort((short) code).putShort((short) value.capacity()).put(value.rewind());
            out.position(begin + needed);
        }

        /** All of them, with the end of options; nothing where there are none. */
        byte[] end() {
            if (out.position() == 0) {
                return new byte[0];
            }
            byte[] all = new byte[out.position() + 4];
            out.duplicate().flip().get(all, 0, out.position());
            return all;
        }
    }
}
