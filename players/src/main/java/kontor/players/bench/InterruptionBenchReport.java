package kontor.players.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kontor.players.report.Report;
import kontor.players.report.Table;
import kontor.players.traffic.LatencySummary;

/**
 * What interruptions cost the games.
 *
 * @param passed whether every packet arrived, in order, once, and every interruption went as meant;
 *     how long it took is not judged
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
     * @param took from its beginning to its end
     * @param longestGap between two deliveries that followed each other on one way, of all ways by
     *     UDP and TCP; without any interruption it is the beat of a way, or a little more
     * @param udp latency of all datagrams, before and after it too
     * @param tcp the same by TCP
     * @param packets sent in all
     */
    public record Result(
            String interruption,
            Duration took,
            Duration longestGap,
            LatencySummary udp,
            LatencySummary tcp,
            long packets) {}

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(
                new Table(
                        "In ms; %d games x %d packets/s of %d bytes by UDP, and as many by TCP"
                                .formatted(games, perSecond, size),
                        List.of(
                                "interruption",
                                "took",
                                "longest gap",
                                "UDP p50",
                                "p99",
                                "max",
                                "TCP p50",
                                "p99",
                                "max",
                                "packets"),
                        results.stream().map(InterruptionBenchReport::row).toList()));
        if (!problems.isEmpty()) {
            tables.add(
                    new Table(
                            "Problems", List.of("what"), problems.stream().map(List::of).toList()));
        }
        return tables;
    }

    private static List<String> row(Result result) {
        return List.of(
                result.interruption(),
                Long.toString(result.took().toMillis()),
                Long.toString(result.longestGap().toMillis()),
                number(result.udp().p50Millis()),
                number(result.udp().p99Millis()),
                number(result.udp().maxMillis()),
                number(result.tcp().p50Millis()),
                number(result.tcp().p99Millis()),
                number(result.tcp().maxMillis()),
                Long.toString(result.packets()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
