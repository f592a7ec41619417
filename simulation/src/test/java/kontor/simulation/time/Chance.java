package kontor.simulation.time;

import java.util.List;

/** Chance from a seed. Whole numbers only: the same on every machine and in every compiler. */
public final class Chance {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    public Chance(long seed) {
        state = mix(seed + GOLDEN);
    }

    private long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** Scatters a number over all 64 bits. */
    public static long mix(long number) {
        long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** 0 to {@code bound} - 1. */
    public int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** Both included. */
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    public boolean oneIn(int n) {
        return below(n) == 0;
    }

    public boolean percent(int share) {
        return below(100) < share;
    }

    public <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** A duration: mostly half to one and a half of the usual, now and then many times as long. */
    public long around(long usual) {
        long span = usual / 2 + below((int) usual + 1);
        return oneIn(24) ? span * between(3, 12) : span;
    }

    public long number() {
        return next();
    }
}
