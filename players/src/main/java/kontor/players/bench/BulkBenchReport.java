package kontor.players.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kontor.players.report.Report;
import kontor.players.report.Table;
import kontor.players.traffic.LatencySummary;

/**
 * What bulk transfers cost the others.
 *
 * @param passed whether every packet and every byte arrived, in order, once; how long it took is
 *     not judged
 * @param problems what was not as it has to be, one line each
 */
public record BulkBenchReport(
        boolean passed,
        String summary,
        int games,
        int perSecond,
        int size,
        List<Result> results,
        List<String> problems)
        implements Report {

    public BulkBenchReport {
        results = List.copyOf(results);
        problems = List.copyOf(problems);
    }

    /**
     * One phase.
     *
     * @param flows bulk TCP flows beside the datagrams
     * @param udp latency of all datagrams
     * @param longestGap between two datagrams that followed each other on one way
     * @param megabytesPerSecond that arrived, of all flows together
     * @param mostUnderWayMegabytes written and not arrived, the kernels' buffers included; the sum
     *     of what it was at most in each flow
     * @param longestPause of a writer
     * @param drained how long it took after the last write until the last byte had arrived
     */
    public record Result(
            int flows,
            LatencySummary udp,
            Duration longestGap,
            double megabytesPerSecond,
            double mostUnderWayMegabytes,
            Duration longestPause,
            Duration drained) {}

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(
                new Table(
                        "UDP in ms, %d games x %d datagrams/s of %d bytes, beside bulk TCP"
                                .formatted(games, perSecond, size),
                        List.of(
                                "bulk flows",
                                "UDP p50",
                                "p99",
                                "max",
                                "longest gap",
                                "TCP MB/s",
                                "under way MB",
                                "writer's pause",
                                "drained"),
                        results.stream().map(BulkBenchReport::row).toList()));
        if (!problems.isEmpty()) {
            tables.add(
                    new Table(
                            "Problems", List.of("what"), problems.stream().map(List::of).toList()));
        }
        return tables;
    }

    private static List<String> row(Result result) {
        return List.of(
                Integer.toString(result.flows()),
                number(result.udp().p50Millis()),
                number(result.udp().p99Millis()),
                number(result.udp().maxMillis()),
                Long.toString(result.longestGap().toMillis()),
                number(result.megabytesPerSecond()),
                number(result.mostUnderWayMegabytes()),
                Long.toString(result.longestPause().toMillis()),
                Long.toString(result.drained().toMillis()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
