package kontor.launcher.figures;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import kontor.launcher.figures.FollowerTables.Copied;
import kontor.players.bench.ProcessorTime;
import kontor.players.figures.Figure;
import kontor.players.figures.FigureBench;
import kontor.players.figures.ObservedLabs;
import kontor.players.figures.Target;
import kontor.players.report.Progress;
import kontor.topics.Topics;
import kontor.vocabulary.SessionId;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast journal and analysis catch up after an outage, beside COPY BINARY of the same rows into
 * the same table, and beside a bare follower of the same log. The outage is a lock on the table of
 * their positions, so that nothing but them stands still; first the journal is let go, then
 * analysis, then the rows are copied, each once nothing else is at work any more: what the standby
 * or the gateway still have to read of so many events would count as the follower's.
 */
public final class CatchUpFigures implements FigureBench {

    public static final String NAME = "catch-up";

    private static final int WARM_UP_EVENTS = 5_000;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** What all processes together use of that where none is at work. */
    private static final Duration AT_REST = Duration.ofMillis(50);

    private static final String COPY = "COPY BINARY of the same rows into the same table";

    private final String kafkaServers;
    private final String postgresUrl;
    private final ProcessorTime processorTime;
    private final Settings settings;

    /**
     * How it is measured.
     *
     * @param events of each outage
     * @param size of their payloads
     */
    public record Settings(int rounds, int events, int size) {}

    /** How fast it was, and what each row or event took of the processors, of all processes. */
    private record Caught(double perSecond, double micros) {}

    /**
     * What one round measured; rows or events a second.
     *
     * @param copied by COPY alone
     * @param bare by a bare follower
     */
    private record Follower(Caught caught, double copied, Caught bare) {}

    /** Which records of the session log are of this round's lab, and perhaps others among them. */
    private record Stretch(TopicPartition partition, long from, long to) {}

    private record Round(double sequenced, Follower journal, Follower analysis) {}

    public CatchUpFigures(
            String kafkaServers,
            String postgresUrl,
            ProcessorTime processorTime,
            Settings settings) {
        this.kafkaServers = kafkaServers;
        this.postgresUrl = postgresUrl;
        this.processorTime = processorTime;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        progress.at(0, settings.rounds() + 1L, "warming up");
        var _ = measure(WARM_UP_EVENTS);
        List<Round> rounds = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            progress.at(
                    round,
                    settings.rounds() + 1L,
                    "%,d events, round %d".formatted(settings.events(), round));
            rounds.add(measure(settings.events()));
        }
        List<Figure> figures = new ArrayList<>();
        figures.addAll(
                figures(
                        "journal after an outage",
                        "rows/s",
                        "",
                        rounds.stream().map(Round::journal).toList()));
        figures.addAll(
                figures(
                        "analysis after an outage",
                        "events/s",
                        "sends as large results, ",
                        rounds.stream().map(Round::analysis).toList()));
        figures.add(
                Figure.stated(
                        NAME,
                        "orchestrator, events of an import put in order",
                        "events/s",
                        rounds.stream().map(Round::sequenced).toList()));
        return new Outcome(figures, List.of());
    }

    private static List<Figure> figures(
            String what, String unit, String alsoBare, List<Follower> rounds) {
        List<Double> rates = rounds.stream().map(round -> round.caught().perSecond()).toList();
        return List.of(
                Figure.beside(
                        NAME,
                        what,
                        unit,
                        rates,
                        COPY,
                        rounds.stream().map(Follower::copied).toList(),
                        new Target.AtLeast(0.8)),
                Figure.compared(
                        NAME,
                        what + ", beside the least that it takes",
                        unit,
                        rates,
                        "a bare follower: reads the same log, %scopies the same rows"
                                .formatted(alsoBare),
                        rounds.stream().map(round -> round.bare().perSecond()).toList()),
                Figure.compared(
                        NAME,
                        what + ", processor time of all for each",
                        "us",
                        rounds.stream().map(round -> round.caught().micros()).toList(),
                        "that of the bare follower",
                        rounds.stream().map(round -> round.bare().micros()).toList()));
    }

    private Round measure(int events)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        try (FollowerTables tables = FollowerTables.open(postgresUrl);
                ObservedLabs labs = new ObservedLabs(kafkaServers, 1)) {
            labs.start();
            Map<Integer, Long> begins = labs.ends();
            tables.await(FollowerTables.JOURNAL, begins, PATIENCE_NANOS);
            tables.await(FollowerTables.ANALYSIS, begins, PATIENCE_NANOS);
            Map<Integer, Long> ends;
            double sequenced;
            Caught journal;
            Caught analysis;
            List<Integer> results;
            try (Arrivals found = new Arrivals(kafkaServers, Topics.ANALYSIS);
                    FollowerTables.Held journalHeld = tables.hold(FollowerTables.JOURNAL);
                    FollowerTables.Held analysisHeld = tables.hold(FollowerTables.ANALYSIS)) {
                sequenced = publish(labs, events);
                ends = labs.ends();
                journal =
                        timed(
                                events,
                                () -> caughtUp(tables, FollowerTables.JOURNAL, journalHeld, ends));
                analysis =
                        timed(
                                events,
                                () ->
                                        caughtUp(
                                                tables,
                                                FollowerTables.ANALYSIS,
                                                analysisHeld,
                                                ends));
                results = found.sizes();
            }
            Stretch log = stretch(begins, ends);
            SessionId session = SessionId.parse(labs.sessions().values().iterator().next());
            return new Round(
                    sequenced,
                    beside(journal, tables, Copied.EVENTS, session, log, List.of()),
                    beside(analysis, tables, Copied.MESSAGES, session, log, results));
        }
    }

    /** One lab has one partition. */
    private static Stretch stretch(Map<Integer, Long> begins, Map<Integer, Long> ends) {
        Map.Entry<Integer, Long> end = ends.entrySet().iterator().next();
        return new Stretch(
                new TopicPartition(Topics.SESSION_EVENTS, end.getKey()),
                begins.getOrDefault(end.getKey(), 0L),
                end.getValue());
    }

    private Follower beside(
            Caught caught,
            FollowerTables tables,
            Copied what,
            SessionId session,
            Stretch log,
            List<Integer> results)
            throws SQLException, IOException, InterruptedException, ExecutionException {
        Caught copied;
        try (CopiedRows rows = tables.again(what, session)) {
            copied = timed(rows.count(), () -> rows.copy(0, rows.count()));
        }
        try (CopiedRows rows = tables.again(what, session);
                BareFollower follower = new BareFollower(kafkaServers, log.partition())) {
            Caught bare =
                    timed(rows.count(), () -> follower.run(log.from(), log.to(), results, rows));
            return new Follower(caught, copied.perSecond(), bare);
        }
    }

    private static void caughtUp(
            FollowerTables tables,
            String positions,
            FollowerTables.Held held,
            Map<Integer, Long> ends)
            throws SQLException, InterruptedException {
        held.release();
        tables.await(positions, ends, PATIENCE_NANOS);
    }

    /** What is timed. */
    @FunctionalInterface
    private interface Work {

        void run() throws SQLException, IOException, InterruptedException, ExecutionException;
    }

    private Caught timed(int count, Work work)
            throws SQLException, IOException, InterruptedException, ExecutionException {
        awaitRest();
        Map<String, Duration> before = processorTime.used();
        long began = System.nanoTime();
        work.run();
        double perSecond = perSecond(count, began);
        return new Caught(perSecond, usedSince(before).toNanos() / 1e3 / count);
    }

    private void awaitRest() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Map<String, Duration> before;
        do {
            before = processorTime.used();
            // Nobody tells that he is at rest: the processor time that he no longer takes does.
            Thread.sleep(BETWEEN_LOOKS);
        } while (usedSince(before).compareTo(AT_REST) > 0 && System.nanoTime() < deadline);
    }

    private Duration usedSince(Map<String, Duration> before) {
        return ProcessorTime.between(before, processorTime.used()).values().stream()
                .reduce(Duration.ZERO, Duration::plus);
    }

    private double publish(ObservedLabs labs, int events) throws InterruptedException {
        long began = System.nanoTime();
        for (int number = 1; number <= events; number++) {
            labs.publish(number, began, settings.size());
        }
        // One datagram came with the start.
        labs.awaitSequenced(1L + events, (stamp, now) -> {});
        return perSecond(events, began);
    }

    private static double perSecond(int events, long beganNanos) {
        return events / ((System.nanoTime() - beganNanos) / 1e9);
    }
}
