package kontor.players.games;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kontor.players.check.SequenceCheck;
import kontor.players.report.Report;
import kontor.players.report.Table;
import kontor.vocabulary.InstanceName;

/**
 * What became of a demo.
 *
 * @param rounds played to their end
 * @param ways for each ordered pair of games what went by TCP and what by UDP
 * @param problems what games could not do, one line each
 */
public record DemoReport(
        boolean passed,
        String summary,
        int rounds,
        Duration duration,
        List<Way> ways,
        List<String> problems)
        implements Report {

    public DemoReport {
        ways = List.copyOf(ways);
        problems = List.copyOf(problems);
    }

    /**
     * From one game to another.
     *
     * @param transport "tcp" or "udp"
     * @param messages each system message, or each datagram
     * @param wrongStreams TCP connections whose bytes were not exactly those that were written
     */
    public record Way(
            InstanceName from,
            InstanceName to,
            String transport,
            long sentBytes,
            long receivedBytes,
            SequenceCheck messages,
            int wrongStreams) {

        /** Every byte, in order, once. */
        public boolean exact() {
            return messages.exact() && wrongStreams == 0;
        }

        Way plus(Way other) {
            return new Way(
                    from,
                    to,
                    transport,
                    sentBytes + other.sentBytes,
                    receivedBytes + other.receivedBytes,
                    messages.plus(other.messages),
                    wrongStreams + other.wrongStreams);
        }
    }

    static DemoReport of(int rounds, Duration duration, List<Way> ways, List<String> problems) {
        SequenceCheck total =
                ways.stream().map(Way::messages).reduce(SequenceCheck.NOTHING, SequenceCheck::plus);
        boolean passed = rounds > 0 && problems.isEmpty() && ways.stream().allMatch(Way::exact);
        String summary =
                "%s: %d rounds, %d messages sent, %d received, %d lost, %d doubled, %d reordered, %d altered, %.1f s"
                        .formatted(
                                passed ? "Every byte arrived, in order, once" : "NOT right",
                                rounds,
                                total.sent(),
                                total.received(),
                                total.lost(),
                                total.doubled(),
                                total.reordered(),
                                total.altered() + total.unexpected(),
                                duration.toNanos() / 1e9);
        return new DemoReport(passed, summary, rounds, duration, ways, problems);
    }

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(
                new Table(
                        "What the games said to each other",
                        List.of(
                                "from",
                                "to",
                                "by",
                                "sent",
                                "received",
                                "bytes",
                                "lost",
                                "doubled",
                                "reordered",
                                "altered",
                                "verdict"),
                        ways.stream().map(DemoReport::row).toList()));
        if (!problems.isEmpty()) {
            tables.add(
                    new Table(
                            "Problems", List.of("what"), problems.stream().map(List::of).toList()));
        }
        return tables;
    }

    private static List<String> row(Way way) {
        SequenceCheck check = way.messages();
        return List.of(
                way.from().value(),
                way.to().value(),
                way.transport(),
                Integer.toString(check.sent()),
                Integer.toString(check.received()),
                Long.toString(way.receivedBytes()),
                Integer.toString(check.lost()),
                Integer.toString(check.doubled()),
                Integer.toString(check.reordered()),
                Integer.toString(check.altered() + check.unexpected()),
                way.exact() ? "ok" : "WRONG");
    }
}
