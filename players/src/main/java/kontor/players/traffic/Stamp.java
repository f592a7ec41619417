package kontor.players.traffic;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a numbered packet, big-endian: mark (4), size (4), from (2), to (2), number (8),
 * time at which it was to be sent (8), CRC-32C of all other bytes (4), filling.
 *
 * @param from index of the sender among the instances
 * @param number 0, 1, 2 ... from this sender to this receiver
 * @param dueNanos {@link System#nanoTime} of this process
 */
public record Stamp(int from, int to, long number, long dueNanos) {

    /** The smallest packet. */
    public static final int LENGTH = 32;

    private static final int MARK = 0x4B4E5452;
    private static final int SIZE_AT = 4;
    private static final int CRC_AT = 28;

    /** Writes a packet of {@code size} bytes, from index 0 on. */
    public void writeTo(byte[] packet, int size) {
        ByteBuffer out = ByteBuffer.wrap(packet, 0, size);
        out.putInt(MARK).putInt(size).putShort((short) from).putShort((short) to);
        out.putLong(number).putLong(dueNanos).putInt(0);
        // The filling differs from packet to packet: a piece of another one would be noticed.
        for (int at = LENGTH; at < size; at++) {
            packet[at] = (byte) (number * 31 + at);
        }
        out.putInt(CRC_AT, crc(packet, 0, size));
    }

    /** Size of the packet that begins here, or negative where none does. */
    static int sizeAt(ByteBuffer in, int at) {
        if (in.getInt(at) != MARK) {
            return -1;
        }
        return in.getInt(at + SIZE_AT);
    }

    /** Reads the packet with which these bytes begin; null if it is none, or altered. */
    public static @Nullable Stamp readFirst(byte[] bytes) {
        if (bytes.length < LENGTH) {
            return null;
        }
        int size = sizeAt(ByteBuffer.wrap(bytes), 0);
        return size <= bytes.length ? read(bytes, 0, size) : null;
    }

    /** Reads a packet; null if it is none, or altered. */
    public static @Nullable Stamp read(byte[] bytes, int at, int size) {
        if (size < LENGTH) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, at, size);
        if (sizeAt(in, at) != size || in.getInt(at + CRC_AT) != crc(bytes, at, size)) {
            return null;
        }
        return new Stamp(
                in.getShort(at + 8),
                in.getShort(at + 10),
                in.getLong(at + 12),
                in.getLong(at + 20));
    }

    private static int crc(byte[] bytes, int at, int size) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, CRC_AT);
        crc.update(bytes, at + LENGTH, size - LENGTH);
        return (int) crc.getValue();
    }
}
