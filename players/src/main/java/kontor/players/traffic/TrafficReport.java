package kontor.players.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kontor.players.report.Report;
import kontor.players.report.Table;
import kontor.vocabulary.InstanceName;

/**
 * What became of numbered traffic.
 *
 * @param latency of all packets after the warm-up
 * @param strangers packets that no checksum or number fits
 */
public record TrafficReport(
        boolean passed,
        String summary,
        Transport transport,
        double perSecond,
        int size,
        Duration duration,
        List<Way> ways,
        LatencySummary latency,
        long strangers,
        List<String> problems)
        implements Report {

    public TrafficReport {
        ways = List.copyOf(ways);
        problems = List.copyOf(problems);
    }

    /**
     * From one game to another.
     *
     * @param longestPause between two arrivals that followed each other
     */
    public record Way(
            InstanceName from,
            InstanceName to,
            long sent,
            long received,
            long lost,
            long doubled,
            long reordered,
            Duration longestPause) {

        /** Every packet, in order, once. */
        public boolean exact() {
            return lost == 0 && doubled == 0 && reordered == 0;
        }
    }

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(
                new Table(
                        "Numbered packets by %s, %d bytes".formatted(transport, size),
                        List.of(
                                "from",
                                "to",
                                "sent",
                                "received",
                                "lost",
                                "doubled",
                                "reordered",
                                "longest pause s"),
                        ways.stream()
                                .map(way ->
                                        List.of(
                                                way.from().value(),
                                                way.to().value(),
                                                Long.toString(way.sent()),
                                                Long.toString(way.received()),
                                                Long.toString(way.lost()),
                                                Long.toString(way.doubled()),
                                                Long.toString(way.reordered()),
                                                String.format(
                                                        Locale.ROOT,
                                                        "%.2f",
                                                        way.longestPause().toNanos() / 1e9)))
                                .toList()));
        if (!problems.isEmpty()) {
            tables.add(
                    new Table(
                            "Problems", List.of("what"), problems.stream().map(List::of).toList()));
        }
        return tables;
    }
}
