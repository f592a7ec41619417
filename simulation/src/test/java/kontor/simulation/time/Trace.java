package kontor.simulation.time;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened: a hash over everything, by which two runs are known to be the same, and the last
 * notes in words.
 */
public final class Trace {

    private static final int KEPT = 4_096;

    private record Note(long time, String who, String what, @Nullable Object detail) {

        @Override
        public String toString() {
            String line = "%,12d us  %-14s %s".formatted(time, who, what);
            return detail == null ? line : line + " " + detail;
        }
    }

    private final @Nullable Note[] notes = new @Nullable Note[KEPT];
    private long count;
    private long hash;

    void mark(long time, String who) {
        hash = Chance.mix(hash * 31 + time) ^ who.hashCode();
    }

    /**
     * @param what a constant: not put together for each note
     * @param detail made into words only where the trace is read
     */
    public void note(long time, String who, String what, @Nullable Object detail) {
        mark(time, who);
        hash += what.hashCode();
        notes[(int) (count++ % KEPT)] = new Note(time, who, what, detail);
    }

    public long hash() {
        return hash;
    }

    /** The last notes, the oldest first. */
    public List<String> tail(int length) {
        List<String> tail = new ArrayList<>();
        for (long i = Math.max(0, count - Math.min(length, KEPT)); i < count; i++) {
            tail.add(String.valueOf(notes[(int) (i % KEPT)]));
        }
        return tail;
    }
}
