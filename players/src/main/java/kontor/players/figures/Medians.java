package kontor.players.figures;

import java.util.List;

/** The middle of what several rounds measured. */
public final class Medians {

    private Medians() {}

    /**
     * Of an even number of values the mean of the two in the middle.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static double of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no round, no median");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
