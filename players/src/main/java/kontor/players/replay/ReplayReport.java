package kontor.players.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kontor.players.check.SequenceCheck;
import kontor.players.check.StreamCheck;
import kontor.players.report.Report;
import kontor.players.report.Table;
import kontor.vocabulary.InstanceName;

/**
 * What became of a replay. Whether the lab carried all that was played, and whether all that the
 * games did could be played, are two questions: {@link #passed()} answers the first, {@link
 * #complete()} the second.
 *
 * @param speed factor, or "max"
 * @param strangers what arrived though no game of the capture had sent it, one line each
 * @param problems what stand-ins could not do, one line each
 * @param capture what became of each of the capture's frames
 */
public record ReplayReport(
        boolean passed,
        String summary,
        String speed,
        Duration duration,
        int steps,
        List<Connection> connections,
        List<Datagrams> datagrams,
        List<String> strangers,
        List<String> problems,
        CaptureAccount capture)
        implements Report {

    public ReplayReport {
        connections = List.copyOf(connections);
        datagrams = List.copyOf(datagrams);
        strangers = List.copyOf(strangers);
        problems = List.copyOf(problems);
    }

    /** How a connection, or an end of it, had to go, and whether it did. */
    public enum Check {
        /** It is not in the capture. */
        NONE,
        SEEN,
        /** Reset by the other end before: it had nobody to reach any more. */
        MOOT,
        MISSING
    }

    /**
     * A TCP connection of the capture.
     *
     * @param refused it was refused in the capture, and had to be
     * @param opened whether it came about; or, for a refused one, was refused
     */
    public record Connection(
            InstanceName opener,
            int openerPort,
            InstanceName target,
            int targetPort,
            boolean refused,
            boolean opened,
            Direction toTarget,
            Direction toOpener) {

        boolean right() {
            return opened && toTarget.right() && toOpener.right();
        }
    }

    /**
     * What one end of a connection sent the other.
     *
     * @param finish the end of output (FIN), seen by the receiver
     * @param reset the reset (RST) by the sender, seen by the receiver
     */
    public record Direction(StreamCheck bytes, Check finish, Check reset) {

        boolean right() {
            return bytes.exact() && finish != Check.MISSING && reset != Check.MISSING;
        }
    }

    /** The datagrams from one port to another. */
    public record Datagrams(
            InstanceName from,
            int fromPort,
            InstanceName to,
            int toPort,
            long sentBytes,
            long receivedBytes,
            SequenceCheck check) {}

    /** Whether the capture has all that the games did, as far as it shows. */
    public boolean complete() {
        return capture.complete();
    }

    /** Resets in the capture, of those that were seen, and of those that could not be. */
    public long resets(Check outcome) {
        return connections.stream()
                .flatMap(c -> List.of(c.toTarget().reset(), c.toOpener().reset()).stream())
                .filter(outcome::equals)
                .count();
    }

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(
                new Table(
                        "TCP connections",
                        List.of("from", "to", "", "sent", "received", "wrong at", "end", "verdict"),
                        connections.stream().flatMap(c -> rows(c).stream()).toList()));
        tables.add(
                new Table(
                        "Datagrams",
                        List.of(
                                "from",
                                "to",
                                "sent",
                                "received",
                                "lost",
                                "doubled",
                                "reordered",
                                "altered",
                                "unexpected",
                                "verdict"),
                        datagrams.stream().map(ReplayReport::row).toList()));
        notes(tables, "Arrived, but sent by no game", strangers);
        notes(tables, "Problems", problems);
        tables.add(capture.table());
        notes(tables, "Remarks", capture.remarks());
        return tables;
    }

    private static void notes(List<Table> tables, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            tables.add(new Table(title, List.of("what"), lines.stream().map(List::of).toList()));
        }
    }

    private static List<List<String>> rows(Connection c) {
        String opener = end(c.opener(), c.openerPort());
        String target = end(c.target(), c.targetPort());
        if (c.refused()) {
            String verdict = c.opened() ? "ok" : "WRONG";
            return List.of(List.of(opener, target, "refused", "", "", "", "", verdict));
        }
        return List.of(
                row(opener, target, c.opened() ? "opened" : "NOT OPENED", c.toTarget()),
                row(target, opener, "answers", c.toOpener()));
    }

    private static List<String> row(String from, String to, String what, Direction direction) {
        StreamCheck bytes = direction.bytes();
        return List.of(
                from,
                to,
                what,
                Long.toString(bytes.sentBytes()),
                Long.toString(bytes.receivedBytes()),
                bytes.exact() ? "" : Long.toString(bytes.mismatchAt()),
                (ending("FIN", direction.finish()) + " " + ending("RST", direction.reset()))
                        .strip(),
                direction.right() && !what.equals("NOT OPENED") ? "ok" : "WRONG");
    }

    private static String ending(String name, Check check) {
        return switch (check) {
            case NONE -> "";
            case SEEN -> name;
            case MOOT -> name + " (after the other's)";
            case MISSING -> name + " MISSING";
        };
    }

    private static List<String> row(Datagrams d) {
        SequenceCheck check = d.check();
        return List.of(
                end(d.from(), d.fromPort()),
                end(d.to(), d.toPort()),
                Integer.toString(check.sent()),
                Integer.toString(check.received()),
                Integer.toString(check.lost()),
                Integer.toString(check.doubled()),
                Integer.toString(check.reordered()),
                Integer.toString(check.altered()),
                Integer.toString(check.unexpected()),
                check.exact() ? "ok" : "WRONG");
    }

    private static String end(InstanceName name, int port) {
        return name + ":" + port;
    }
}
