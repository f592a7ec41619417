package kontor.gateway.filtering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import kontor.gateway.filtering.Stretches.Stretch;

/**
 * A search for some rows, stretch by stretch, in steps: the first two are short, as most filters
 * find a page there. A later step is as long as the rows found so far make likely; where that is
 * long, the whole rest of its stretch is read at once, which several processes of the database do
 * together.
 */
final class Search {

    private static final long FIRST = 8_192;
    private static final long SECOND = 4 * FIRST;

    /** From here on a step is read as a whole. */
    private static final long LARGE = 100_000;

    /** Rows are not spread evenly. */
    private static final long MARGIN = 2;

    private final Deque<Stretch> left;
    private final boolean backwards;
    private final int wanted;
    private long searched;
    private int found;

    /** Reads the rows of a step. */
    interface Reader<T> {

        /**
         * @param order of the rows
         * @param most rows
         */
        List<T> read(Stretch step, SequenceOrder order, int most);
    }

    /**
     * The order of a step's rows.
     *
     * @param isByIndex whether the database may read the rows in it. Where it may not, it reads the
     *     whole step and sorts what it found, which is quicker for long steps
     */
    record SequenceOrder(boolean isByIndex, boolean isFalling) {

        /** As SQL has it. */
        String by(String column) {
            return column + (isByIndex ? "" : " + 0") + (isFalling ? " desc" : "");
        }
    }

    /**
     * The first rows that are found, in the order of the search.
     *
     * @param stretches in the order of the search
     * @param backwards whether that is falling
     * @param most so many rows end it
     */
    static <T> List<T> first(
            int most, Collection<Stretch> stretches, boolean backwards, Reader<T> reader) {
        Search search = new Search(stretches, backwards, most);
        List<T> found = new ArrayList<>();
        while (search.hasNext()) {
            Stretch step = search.next();
            List<T> rows =
                    reader.read(
                            step,
                            new SequenceOrder(step.length() <= LARGE, backwards),
                            search.wanted());
            search.found(rows.size());
            found.addAll(rows);
        }
        return found;
    }

    /**
     * @param stretches in the order of the search
     * @param backwards whether that is falling
     * @param wanted so many rows end it
     */
    Search(Collection<Stretch> stretches, boolean backwards, int wanted) {
        left = new ArrayDeque<>(stretches);
        this.backwards = backwards;
        this.wanted = wanted;
    }

    boolean hasNext() {
        return !left.isEmpty() && found < wanted;
    }

    /** Rows that are wanted still. */
    int wanted() {
        return wanted - found;
    }

    /**
     * What to search next, none of it searched before.
     *
     * @throws NoSuchElementException without {@link #hasNext}
     */
    Stretch next() {
        Stretch part = left.removeFirst();
        long length = Math.min(part.length(), likely());
        Stretch step =
                backwards
                        ? new Stretch(part.through() - length + 1, part.through())
                        : new Stretch(part.from(), part.from() + length - 1);
        if (length < part.length()) {
            left.addFirst(
                    backwards
                            ? new Stretch(part.from(), step.from() - 1)
                            : new Stretch(step.through() + 1, part.through()));
        }
        searched += length;
        return step;
    }

    /** Tells how many rows the last step had. */
    void found(int rows) {
        found += rows;
    }

    private long likely() {
        if (searched < FIRST) {
            return FIRST - searched;
        }
        if (searched < FIRST + SECOND) {
            return FIRST + SECOND - searched;
        }
        long likely = found == 0 ? Long.MAX_VALUE : MARGIN * wanted() * searched / found;
        return likely > LARGE ? Long.MAX_VALUE : likely;
    }
}
