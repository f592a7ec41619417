package kontor.gateway.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest entries of a session, in rising order of their sequence, bounded. It knows what it
 * does not know: all entries above {@link #floor()} are in it, so a reader behind the floor must go
 * to the database, and any other need not.
 *
 * <p>Thread-safe: one thread appends, many read; neither blocks for long.
 */
final class Ring<T> {

    private record Entry<T>(long sequence, T value) {}

    /** Of what can be kept, so much may be gone and not cut off yet. */
    private static final int GONE_PART = 8;

    private final int capacity;

    /** Those before {@code head} are gone, and cut off before they are many beside the others. */
    private final List<Entry<T>> entries = new ArrayList<>();

    private int head;
    private boolean evicted;
    private long floor;
    private long last;

    /**
     * @param floor what stood up to here may be missing
     */
    Ring(int capacity, long floor) {
        this.capacity = capacity;
        this.floor = floor;
        this.last = floor;
    }

    /**
     * @throws IllegalArgumentException for a sequence below {@link #last()}
     */
    synchronized void append(long sequence, T value) {
        if (sequence < last) {
            throw new IllegalArgumentException("%d behind %d".formatted(sequence, last));
        }
        entries.add(new Entry<>(sequence, value));
        last = sequence;
        if (entries.size() - head > capacity) {
            floor = entries.get(head).sequence();
            head++;
            evicted = true;
        }
        if (head > capacity / GONE_PART) {
            entries.subList(0, head).clear();
            head = 0;
        }
    }

    /** Forgets all: what stands up to {@code newFloor} is the database's. */
    synchronized void restartAt(long newFloor) {
        entries.clear();
        head = 0;
        floor = newFloor;
        last = newFloor;
    }

    /** It turns out that nothing came before what was appended so far. */
    synchronized void isFromTheBeginning() {
        if (entries.isEmpty()) {
            last = 0;
        }
        if (!evicted) {
            floor = 0;
        }
    }

    /** How many entries it has. */
    synchronized int size() {
        return entries.size() - head;
    }

    synchronized long floor() {
        return floor;
    }

    /** The highest sequence in it, or its floor where it is empty. */
    synchronized long last() {
        return last;
    }

    /**
     * The entries from {@code from} to {@code through}, both included, {@code limit} at most.
     *
     * @return empty where the database must be asked
     */
    synchronized Optional<List<T>> read(long from, long through, int limit) {
        if (from <= floor) {
            return Optional.empty();
        }
        List<T> found = new ArrayList<>();
        for (int i = firstAt(from); i < entries.size() && found.size() < limit; i++) {
            if (entries.get(i).sequence() > through) {
                break;
            }
            found.add(entries.get(i).value());
        }
        return Optional.of(found);
    }

    private int firstAt(long from) {
        int low = head;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).sequence() < from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
