package kontor.players.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import kontor.players.report.Report;
import kontor.players.report.Table;
import kontor.players.traffic.LatencySummary;
import org.jspecify.annotations.Nullable;

/**
 * What interruptions cost the games.
 *
 * @param passed whether every packet arrived, in order, once, and every interruption went as meant;
 *     how long it took is not judged, nor the gaps
 * @param problems what was not as it has to be, one line each
 */
public record InterruptionBenchReport(
        boolean passed,
        String summary,
        int games,
        int perSecond,
        int size,
        List<Result> results,
        List<String> problems)
        implements Report {

    public InterruptionBenchReport {
        results = List.copyOf(results);
        problems = List.copyOf(problems);
    }

    /**
     * One interruption.
     *
     * @param toStayBelow what the longest gap is to stay below; null: it is only stated
     * @param repetitions of it in their order, one or more
     */
    public record Result(
            String interruption, @Nullable Duration toStayBelow, List<Repetition> repetitions) {

        public Result {
            repetitions = List.copyOf(repetitions);
            if (repetitions.isEmpty()) {
                throw new IllegalArgumentException(interruption + " was not measured");
            }
        }

        /**
         * @param took from its beginning to its end
         * @param longestGap between two deliveries that followed each other on one way, of all ways
         *     by UDP and TCP; without any interruption it is the beat of a way, or a little more
         * @param udp latency of all datagrams, before and after it too
         * @param tcp the same by TCP
         * @param packets sent in all
         * @param steps of the recovery, where they are known
         */
        public record Repetition(
                Duration took,
                Duration longestGap,
                LatencySummary udp,
                LatencySummary tcp,
                long packets,
                List<Interruption.Step> steps) {

            public Repetition {
                steps = List.copyOf(steps);
            }
        }

        /** The one whose gap is the median; of an even number the worse of the two. */
        public Repetition median() {
            List<Repetition> byGap =
                    repetitions.stream()
                            .sorted(Comparator.comparing(Repetition::longestGap))
                            .toList();
            return byGap.get(byGap.size() / 2);
        }

        /** The median of the longest gaps. */
        public Duration longestGap() {
            return median().longestGap();
        }

        String aim() {
            if (toStayBelow == null) {
                return "";
            }
            return toStayBelow.toMillis()
                    + (longestGap().compareTo(toStayBelow) < 0 ? "" : " missed");
        }

        long packets() {
            return repetitions.stream().mapToLong(Repetition::packets).sum();
        }
    }

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(
                new Table(
                        ("In ms; %d games x %d packets/s of %d bytes by UDP, and as many by TCP;"
                                        + " of several times the one with the median gap")
                                .formatted(games, perSecond, size),
                        List.of(
                                "interruption",
                                "times",
                                "took",
                                "longest gap",
                                "to stay below",
                                "UDP p50",
                                "p99",
                                "max",
                                "TCP p50",
                                "p99",
                                "max",
                                "packets"),
                        results.stream().map(InterruptionBenchReport::row).toList()));
        results.stream()
                .filter(result ->
                        result.repetitions().size() > 1 || !result.median().steps().isEmpty())
                .map(InterruptionBenchReport::each)
                .forEach(tables::add);
        if (!problems.isEmpty()) {
            tables.add(
                    new Table(
                            "Problems", List.of("what"), problems.stream().map(List::of).toList()));
        }
        return tables;
    }

    /** Each time, with the steps of its recovery: ms since the interruption began. */
    private static Table each(Result result) {
        List<String> names =
                result.repetitions().stream()
                        .flatMap(repetition -> repetition.steps().stream())
                        .map(Interruption.Step::name)
                        .distinct()
                        .toList();
        List<String> columns = new ArrayList<>(List.of("time", "longest gap"));
        columns.addAll(names);
        List<List<String>> rows = new ArrayList<>();
        for (Result.Repetition repetition : result.repetitions()) {
            List<String> row = new ArrayList<>();
            row.add(Integer.toString(rows.size() + 1));
            row.add(Long.toString(repetition.longestGap().toMillis()));
            names.forEach(name -> row.add(stepOf(repetition, name)));
            rows.add(row);
        }
        return new Table(result.interruption() + ", each time, in ms since", columns, rows);
    }

    private static String stepOf(Result.Repetition repetition, String name) {
        return repetition.steps().stream()
                .filter(step -> step.name().equals(name))
                .map(step -> Long.toString(step.after().toMillis()))
                .findFirst()
                .orElse("-");
    }

    private static List<String> row(Result result) {
        Result.Repetition median = result.median();
        return List.of(
                result.interruption(),
                Integer.toString(result.repetitions().size()),
                Long.toString(median.took().toMillis()),
                Long.toString(median.longestGap().toMillis()),
                result.aim(),
                number(median.udp().p50Millis()),
                number(median.udp().p99Millis()),
                number(median.udp().maxMillis()),
                number(median.tcp().p50Millis()),
                number(median.tcp().p99Millis()),
                number(median.tcp().maxMillis()),
                Long.toString(result.packets()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
