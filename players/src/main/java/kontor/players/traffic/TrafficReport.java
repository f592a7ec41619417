package kontor.players.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    /**
     * The same, where some packets were meant to arrive never or several times: lost and doubled is
     * what differs from that.
     *
     * @param arrived packets that did not arrive exactly once
     * @param meant packets that were not to arrive exactly once
     */
    public TrafficReport against(List<Copies> arrived, List<Copies> meant) {
        Map<Copies.Which, Integer> wanted = new HashMap<>();
        meant.forEach(one -> wanted.put(one.which(), one.copies()));
        Map<Copies.Which, Integer> seen = new HashMap<>();
        arrived.forEach(one -> seen.put(one.which(), one.copies()));
        Set<Copies.Which> either = new HashSet<>(wanted.keySet());
        either.addAll(seen.keySet());
        List<Way> judged =
                ways.stream()
                        .map(way -> {
                            long lost = 0;
                            long doubled = 0;
                            for (Copies.Which one : either) {
                                if (one.from().equals(way.from()) && one.to().equals(way.to())) {
                                    int more =
                                            seen.getOrDefault(one, 1) - wanted.getOrDefault(one, 1);
                                    lost += Math.max(0, -more);
                                    doubled += Math.max(0, more);
                                }
                            }
                            return new Way(
                                    way.from(),
                                    way.to(),
                                    way.sent(),
                                    way.received(),
                                    lost,
                                    doubled,
                                    way.reordered(),
                                    way.longestPause());
                        })
                        .toList();
        boolean right =
                problems.isEmpty() && strangers == 0 && judged.stream().allMatch(Way::exact);
        return new TrafficReport(
                right,
                "%s; %d packets were meant to arrive never or several times"
                        .formatted(
                                right ? "Every packet arrived as meant" : "NOT right",
                                meant.size()),
                transport,
                perSecond,
                size,
                duration,
                judged,
                latency,
                strangers,
                problems);
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
