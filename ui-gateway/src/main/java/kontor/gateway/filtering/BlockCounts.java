package kontor.gateway.filtering;

import java.util.Arrays;
import java.util.List;

/**
 * How many events were found in each block of session sequences. Blocks are a power of two long; a
 * list's page takes in one of them whole, or, of a very long session, a part. Not for several
 * threads.
 */
public final class BlockCounts {

    private static final int LEAST_BITS = 8;

    /** So that an answer is bounded: longer sessions have longer blocks. */
    private static final int MOST_BLOCKS = 65_536;

    private final int bits;
    private final int[] counts;

    private BlockCounts(int bits, int blocks) {
        this.bits = bits;
        counts = new int[blocks];
    }

    /** None found yet, in the blocks of a session up to a sequence. */
    static BlockCounts through(long last) {
        int bits = LEAST_BITS;
        while (last >> bits >= MOST_BLOCKS) {
            bits++;
        }
        return new BlockCounts(bits, Math.toIntExact((last >> bits) + 1));
    }

    int bits() {
        return bits;
    }

    void add(long block, int found) {
        counts[Math.toIntExact(block)] += found;
    }

    /** Block n has the sequences from n times this on. */
    public long blockLength() {
        return 1L << bits;
    }

    /** Those of each block, rising. */
    public List<Integer> list() {
        return Arrays.stream(counts).boxed().toList();
    }
}
