package kontor.simulation.game;

import kontor.simulation.time.Chance;
import kontor.vocabulary.Bytes;

/** Byte streams in which every byte tells where it stands, and in which stream. */
public final class Numbered {

    private Numbered() {}

    /** The bytes of a stream from a position on. */
    public static Bytes bytes(long stream, long from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(stream, from + i);
        }
        return Bytes.owning(bytes);
    }

    /** Whether these are the bytes of that stream at that position. */
    public static boolean areBytes(long stream, long from, Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if ((byte) bytes.unsignedAt(i) != at(stream, from + i)) {
                return false;
            }
        }
        return true;
    }

    private static byte at(long stream, long position) {
        long word = Chance.mix(stream * 0x9E3779B97F4A7C15L + (position >>> 3));
        return (byte) (word >>> ((position & 7) << 3));
    }
}
