package kontor.analysis.kaitai;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.analysis.kaitai.ByteBufferKaitaiStream.BitRead;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** Which bytes and bits of a message have a field, and which reads of bits have been met. */
final class Occupied {

    private static final int ALL_BITS = 0xFF;

    private final BitSet bytes = new BitSet();

    /** Of bytes that fields of bits share: the bits that are taken. */
    private final Map<Integer, Integer> shared = new HashMap<>();

    private final Map<ByteBufferKaitaiStream, Integer> met = new HashMap<>();

    boolean isFree(int from, int to) {
        int next = bytes.nextSetBit(from);
        return next < 0 || next >= to;
    }

    void take(int from, int to) {
        bytes.set(from, to);
    }

    /**
     * Takes them if all are free.
     *
     * @param masks of the bytes from {@code from} on; empty for all their bits
     */
    boolean takeIfFree(int from, int to, Bytes masks) {
        if (masks.isEmpty() ? !isFree(from, to) : !areFree(from, masks)) {
            return false;
        }
        take(from, to);
        for (int i = 0; i < masks.length(); i++) {
            shared.merge(from + i, masks.unsignedAt(i), (one, other) -> one | other);
        }
        return true;
    }

    private boolean areFree(int from, Bytes masks) {
        for (int i = 0; i < masks.length(); i++) {
            int taken = bytes.get(from + i) ? shared.getOrDefault(from + i, ALL_BITS) : 0;
            if ((taken & masks.unsignedAt(i)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the next read of bits of which the code has noted these places; null for none. */
    @Nullable BitRead next(ByteBufferKaitaiStream stream, int start, int end) {
        List<BitRead> reads = stream.bitReads();
        for (int i = met.getOrDefault(stream, 0); i < reads.size(); i++) {
            if (reads.get(i).isBetween(start, end)) {
                met.put(stream, i + 1);
                return reads.get(i);
            }
        }
        return null;
    }
}
