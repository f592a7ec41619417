package kontor.gateway.filtering;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a session that a filter has to search, rising, none touching another: all but the
 * blocks of events in which its numbers cannot be.
 */
record Stretches(List<Stretch> all) {

    /** So many at most: each costs a query, and what lies between two is read as fast. */
    static final int MOST = 32;

    /** Sequences from and through, both included. */
    record Stretch(long from, long through) {

        long length() {
            return through - from + 1;
        }

        private long distanceTo(Stretch next) {
            return next.from - through;
        }
    }

    Stretches {
        all = List.copyOf(all);
    }

    /** All up to a sequence. */
    static Stretches through(long last) {
        return new Stretches(List.of(new Stretch(0, last)));
    }

    /**
     * Those of these blocks; the narrowest gaps are searched as well where there are too many.
     *
     * @param blocks rising
     * @param bits of a sequence within its block
     */
    static Stretches of(List<Long> blocks, int bits) {
        List<Stretch> found = new ArrayList<>();
        for (long block : blocks) {
            add(found, new Stretch(block << bits, ((block + 1) << bits) - 1), 1);
        }
        for (long gap = 1L << bits; found.size() > MOST; gap *= 2) {
            List<Stretch> wider = new ArrayList<>();
            for (Stretch stretch : found) {
                add(wider, stretch, gap + 1);
            }
            found = wider;
        }
        return new Stretches(found);
    }

    private static void add(List<Stretch> to, Stretch stretch, long gap) {
        if (!to.isEmpty() && to.getLast().distanceTo(stretch) <= gap) {
            to.add(new Stretch(to.removeLast().from, stretch.through));
        } else {
            to.add(stretch);
        }
    }

    /** What is above one sequence and below another, in the order of a search. */
    List<Stretch> between(long after, long before, boolean backwards) {
        List<Stretch> parts =
                all.stream()
                        .map(s ->
                                new Stretch(
                                        Math.max(s.from, after + 1),
                                        Math.min(s.through, before - 1)))
                        .filter(s -> s.from <= s.through)
                        .toList();
        return backwards ? parts.reversed() : parts;
    }
}
