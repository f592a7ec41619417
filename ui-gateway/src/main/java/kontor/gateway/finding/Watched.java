package kontor.gateway.finding;

import java.util.Optional;
import kontor.gateway.finding.SeriesSearch.How;
import kontor.gateway.finding.SeriesSearch.Match;

/**
 * The numbers of one place, as they change: the last ones, as many as the series has, and how far
 * the series was met in order. Not thread-safe.
 */
final class Watched {

    private final long[] wanted;
    private final long[] numbers;
    private final long[] sequences;
    private long changes;
    private int met;
    private long firstMet;
    private Optional<Match> best = Optional.empty();

    Watched(long[] wanted) {
        this.wanted = wanted;
        this.numbers = new long[wanted.length];
        this.sequences = new long[wanted.length];
    }

    void on(long number, long sequence) {
        int size = wanted.length;
        if (changes > 0 && number == numbers[(int) ((changes - 1) % size)]) {
            return;
        }
        numbers[(int) (changes % size)] = number;
        sequences[(int) (changes % size)] = sequence;
        changes++;
        if (met < size && number == wanted[met]) {
            firstMet = met == 0 ? sequence : firstMet;
            met++;
            if (met == size) {
                keep(new Match(How.IN_ORDER, 1, 0, firstMet, sequence));
            }
        }
        if (changes >= size) {
            match(sequence).ifPresent(this::keep);
        }
    }

    /** How often the number changed, the first one not counted. */
    long changes() {
        return Math.max(0, changes - 1);
    }

    Optional<Match> best() {
        return best;
    }

    private void keep(Match match) {
        if (match.isBetterThan(best)) {
            best = Optional.of(match);
        }
    }

    /** Whether the last numbers are the series, times a factor or plus a difference. */
    private Optional<Match> match(long sequence) {
        int size = wanted.length;
        long difference = last(0) - wanted[0];
        boolean shifted = true;
        for (int i = 1; i < size && shifted; i++) {
            shifted = last(i) - wanted[i] == difference;
        }
        long first = sequences[(int) (changes % size)];
        if (shifted && difference == 0) {
            return Optional.of(new Match(How.EQUAL, 1, 0, first, sequence));
        }
        long factor = factor();
        if (factor != 0) {
            return Optional.of(new Match(How.SCALED, factor, 0, first, sequence));
        }
        return shifted && size > 2
                ? Optional.of(new Match(How.SHIFTED, 1, difference, first, sequence))
                : Optional.empty();
    }

    /** By which every number of the series is multiplied here; 0 for none. */
    private long factor() {
        long factor = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] == 0) {
                if (last(i) != 0) {
                    return 0;
                }
                continue;
            }
            long here = last(i) / wanted[i];
            if (here * wanted[i] != last(i) || (factor != 0 && here != factor)) {
                return 0;
            }
            factor = here;
        }
        return factor;
    }

    /** The number at a place of the series, if the newest one is its last. */
    private long last(int index) {
        return numbers[(int) ((changes + index) % wanted.length)];
    }
}
