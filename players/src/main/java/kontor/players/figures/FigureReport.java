package kontor.players.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import kontor.players.report.Report;
import kontor.players.report.Table;
import org.jspecify.annotations.Nullable;

/**
 * The table: every figure beside its limit.
 *
 * @param passed whether all could be measured and every packet arrived; targets that are missed do
 *     not fail a run
 * @param problems what was not as it has to be, one line each
 */
public record FigureReport(
        boolean passed,
        String summary,
        Machine machine,
        List<Figure> figures,
        List<String> problems)
        implements Report {

    public FigureReport {
        figures = List.copyOf(figures);
        problems = List.copyOf(problems);
    }

    public static FigureReport of(Machine machine, List<Figure> figures, List<String> problems) {
        long judged = figures.stream().filter(figure -> figure.reached() != null).count();
        long reached =
                figures.stream().filter(figure -> Boolean.TRUE.equals(figure.reached())).count();
        return new FigureReport(
                problems.isEmpty(),
                "%d of %d targets reached%s"
                        .formatted(
                                reached,
                                judged,
                                problems.isEmpty()
                                        ? ""
                                        : "; NOT all went as it should, see the problems"),
                machine,
                figures,
                problems);
    }

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(
                new Table(
                        "Measured on",
                        List.of("cores", "processor", "memory MB", "kernel", "JDK", "load"),
                        List.of(
                                List.of(
                                        Integer.toString(machine.cores()),
                                        machine.processor(),
                                        Long.toString(machine.memoryMegabytes()),
                                        machine.kernel(),
                                        machine.jdk(),
                                        number(machine.load())))));
        tables.add(
                new Table(
                        "Figures beside their limits, medians of the rounds",
                        List.of(
                                "ratio",
                                "of rounds",
                                "to reach",
                                "",
                                "figure",
                                "measured",
                                "limit",
                                "unit",
                                "the limit is"),
                        figures.stream().map(FigureReport::row).toList()));
        if (!problems.isEmpty()) {
            tables.add(
                    new Table(
                            "Problems", List.of("what"), problems.stream().map(List::of).toList()));
        }
        return tables;
    }

    private static List<String> row(Figure figure) {
        return List.of(
                orEmpty(figure.ratio(), FigureReport::number),
                span(figure.ratios()),
                orEmpty(figure.target(), Function.identity()),
                orEmpty(figure.reached(), reached -> reached ? "yes" : "no"),
                figure.bench() + ": " + figure.what(),
                number(figure.value()),
                orEmpty(figure.limit(), FigureReport::number),
                figure.unit(),
                orEmpty(figure.limitIs(), Function.identity()));
    }

    private static String span(List<Double> ratios) {
        return ratios.size() < 2
                ? ""
                : number(ratios.stream().mapToDouble(r -> r).min().orElseThrow())
                        + " - "
                        + number(ratios.stream().mapToDouble(r -> r).max().orElseThrow());
    }

    private static <T> String orEmpty(@Nullable T value, Function<T, String> text) {
        return value == null ? "" : text.apply(value);
    }

    private static String number(double value) {
        return String.format(
                Locale.ROOT,
                Math.abs(value) >= 1_000 ? "%.0f" : value < 10 ? "%.2f" : "%.1f",
                value);
    }
}
