package kontor.players.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kontor.players.report.Report;
import kontor.players.report.Table;
import kontor.players.traffic.LatencySummary;

/**
 * Latencies through the lab, beside those without it.
 *
 * @param passed whether every packet arrived, in order, once; how long it took is not judged
 * @param problems what was not as it has to be, one line each
 */
public record BenchReport(
        boolean passed,
        String summary,
        int games,
        int size,
        int rounds,
        List<Result> results,
        List<Ratio> ratios,
        List<String> problems)
        implements Report {

    public BenchReport {
        results = List.copyOf(results);
        ratios = List.copyOf(ratios);
        problems = List.copyOf(problems);
    }

    /** Which way packets go. */
    public enum Path {
        DIRECT_UDP("game to game, UDP"),
        DIRECT_TCP("game to game, TCP"),
        LAB_UDP("through the lab, UDP"),
        LAB_TCP("through the lab, TCP"),
        BARE_LAB("through a bare lab, UDP"),
        TWO_KAFKA_HOPS("two bare Kafka hops");

        private final String text;

        Path(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * One path at one rate.
     *
     * @param perSecond packets of each game
     * @param median of each figure over the rounds
     * @param processorMillis that each process used for each packet, whatever it used them for;
     *     medians over the rounds
     * @param processorRounds that all processes used for each packet, in each round
     */
    public record Result(
            Path path,
            int perSecond,
            LatencySummary median,
            List<LatencySummary> rounds,
            Map<String, Double> processorMillis,
            List<Double> processorRounds) {

        public Result {
            rounds = List.copyOf(rounds);
            processorRounds = List.copyOf(processorRounds);
            processorMillis = Collections.unmodifiableMap(new LinkedHashMap<>(processorMillis));
        }

        double allProcessorMillis() {
            return processorMillis.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /**
     * The lab beside what it is built on, at one rate; medians.
     *
     * @param p50ToKafka times as long as two bare Kafka hops
     * @param addedP50Millis longer than from game to game
     */
    public record Ratio(
            Path path,
            int perSecond,
            double p50ToKafka,
            double p99ToKafka,
            double addedP50Millis,
            double addedP99Millis,
            double addedP999Millis) {}

    /**
     * What was measured on a path at a rate.
     *
     * @throws IllegalArgumentException if that was not measured
     */
    public Result result(Path path, int perSecond) {
        return results.stream()
                .filter(result -> result.path() == path && result.perSecond() == perSecond)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "not measured: %s at %d/s".formatted(path.text(), perSecond)));
    }

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(
                new Table(
                        "Latency in ms, %d games, %d bytes, medians of %d rounds"
                                .formatted(games, size, rounds),
                        List.of("path", "packets/s", "p50", "p99", "p99.9", "max", "counted"),
                        results.stream()
                                .map(r ->
                                        List.of(
                                                r.path().text(),
                                                games + " x " + r.perSecond(),
                                                number(r.median().p50Millis()),
                                                number(r.median().p99Millis()),
                                                number(r.median().p999Millis()),
                                                number(r.median().maxMillis()),
                                                Long.toString(r.median().count())))
                                .toList()));
        tables.add(
                new Table(
                        "The lab: added to game to game (ms), and times two bare Kafka hops",
                        List.of("path", "packets/s", "+p50", "+p99", "+p99.9", "p50 x", "p99 x"),
                        ratios.stream()
                                .map(r ->
                                        List.of(
                                                r.path().text(),
                                                games + " x " + r.perSecond(),
                                                number(r.addedP50Millis()),
                                                number(r.addedP99Millis()),
                                                number(r.addedP999Millis()),
                                                number(r.p50ToKafka()),
                                                number(r.p99ToKafka())))
                                .toList()));
        processorTable().ifPresent(tables::add);
        if (!problems.isEmpty()) {
            tables.add(
                    new Table(
                            "Problems", List.of("what"), problems.stream().map(List::of).toList()));
        }
        return tables;
    }

    /** A column for each process; none where nothing is known. */
    private Optional<Table> processorTable() {
        Set<String> processes = new LinkedHashSet<>();
        results.forEach(result -> processes.addAll(result.processorMillis().keySet()));
        if (processes.isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = new ArrayList<>(List.of("path", "packets/s", "all"));
        columns.addAll(processes);
        List<List<String>> rows = new ArrayList<>();
        for (Result result : results) {
            List<String> row = new ArrayList<>();
            row.add(result.path().text());
            row.add(games + " x " + result.perSecond());
            row.add(number(result.allProcessorMillis()));
            for (String process : processes) {
                row.add(number(result.processorMillis().getOrDefault(process, 0.0)));
            }
            rows.add(row);
        }
        return Optional.of(
                new Table("Processor time in ms for each packet, of all processes", columns, rows));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
