package kontor.players.figures;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table: what was measured, and its limit in the same rounds.
 *
 * @param bench what it is asked for by
 * @param what is measured
 * @param unit of both
 * @param value median over the rounds
 * @param limitIs what the limit is; null: it is stated, there is none
 * @param limit median over the rounds; null with {@code limitIs}
 * @param ratio median of the rounds' ratios: a round's disturbance meets both; null without limit
 * @param target of the ratio; null: stated only
 * @param reached null without target
 * @param ratios of each round
 */
public record Figure(
        String bench,
        String what,
        String unit,
        double value,
        @Nullable String limitIs,
        @Nullable Double limit,
        @Nullable Double ratio,
        @Nullable String target,
        @Nullable Boolean reached,
        List<Double> ratios) {

    public Figure {
        ratios = List.copyOf(ratios);
    }

    /**
     * Of rounds that measured both.
     *
     * @param values of each round
     * @param limits of the same rounds
     * @throws IllegalArgumentException if there are no rounds, or not as many limits as values
     */
    public static Figure beside(
            String bench,
            String what,
            String unit,
            List<Double> values,
            String limitIs,
            List<Double> limits,
            Target target) {
        Figure figure = compared(bench, what, unit, values, limitIs, limits);
        return new Figure(
                bench,
                what,
                unit,
                figure.value,
                limitIs,
                figure.limit,
                figure.ratio,
                target.text(),
                target.reachedBy(Medians.of(figure.ratios)),
                figure.ratios);
    }

    /**
     * The same, of which no ratio is asked.
     *
     * @throws IllegalArgumentException if there are no rounds, or not as many limits as values
     */
    public static Figure compared(
            String bench,
            String what,
            String unit,
            List<Double> values,
            String limitIs,
            List<Double> limits) {
        if (values.size() != limits.size()) {
            throw new IllegalArgumentException(
                    "%s: %d values, %d limits".formatted(what, values.size(), limits.size()));
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < values.size(); round++) {
            ratios.add(values.get(round) / limits.get(round));
        }
        return new Figure(
                bench,
                what,
                unit,
                Medians.of(values),
                limitIs,
                Medians.of(limits),
                Medians.of(ratios),
                null,
                null,
                ratios);
    }

    /** Of rounds that measured nothing to hold it against. */
    public static Figure stated(String bench, String what, String unit, List<Double> values) {
        return new Figure(
                bench, what, unit, Medians.of(values), null, null, null, null, null, List.of());
    }
}
