package kontor.launcher.figures;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kontor.launcher.figures.FollowerTables.Copied;
import kontor.players.bench.ProcessorTime;
import kontor.players.figures.Figure;
import kontor.players.figures.FigureBench;
import kontor.players.figures.ObservedLabs;
import kontor.players.figures.Target;
import kontor.players.report.Progress;
import kontor.vocabulary.SessionId;

/**
 * How fast journal and analysis catch up after an outage, beside COPY BINARY of the same rows into
 * the same table. The outage is a lock on the table of their positions, so that nothing but them
 * stands still; first the journal is let go, then analysis, then the rows are copied.
 */
public final class CatchUpFigures implements FigureBench {

    public static final String NAME = "catch-up";

    private static final int WARM_UP_EVENTS = 5_000;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);
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

    /**
     * Rows or events a second, and processor time for each, of all processes.
     *
     * @param events copied
     * @param messages copied
     */
    private record Rates(
            double sequenced,
            double journal,
            double events,
            double analysis,
            double messages,
            double journalMicros,
            double analysisMicros) {}

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
        List<Rates> rounds = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            progress.at(
                    round,
                    settings.rounds() + 1L,
                    "%,d events, round %d".formatted(settings.events(), round));
            rounds.add(measure(settings.events()));
        }
        return new Outcome(
                List.of(
                        Figure.beside(
                                NAME,
                                "journal after an outage",
                                "rows/s",
                                rounds.stream().map(Rates::journal).toList(),
                                COPY,
                                rounds.stream().map(Rates::events).toList(),
                                new Target.AtLeast(0.8)),
                        Figure.beside(
                                NAME,
                                "analysis after an outage",
                                "events/s",
                                rounds.stream().map(Rates::analysis).toList(),
                                COPY,
                                rounds.stream().map(Rates::messages).toList(),
                                new Target.AtLeast(0.8)),
                        Figure.stated(
                                NAME,
                                "processor time for a row of the journal, all processes",
                                "us",
                                rounds.stream().map(Rates::journalMicros).toList()),
                        Figure.stated(
                                NAME,
                                "processor time for an event in analysis, all processes",
                                "us",
                                rounds.stream().map(Rates::analysisMicros).toList()),
                        Figure.stated(
                                NAME,
                                "orchestrator, events of an import put in order",
                                "events/s",
                                rounds.stream().map(Rates::sequenced).toList())),
                List.of());
    }

    private Rates measure(int events) throws IOException, SQLException, InterruptedException {
        try (FollowerTables tables = FollowerTables.open(postgresUrl);
                ObservedLabs labs = new ObservedLabs(kafkaServers, 1)) {
            labs.start();
            tables.await(FollowerTables.JOURNAL, labs.ends(), PATIENCE_NANOS);
            tables.await(FollowerTables.ANALYSIS, labs.ends(), PATIENCE_NANOS);
            Map<Integer, Long> ends;
            double sequenced;
            Caught journal;
            Caught analysis;
            try (FollowerTables.Held journalHeld = tables.hold(FollowerTables.JOURNAL);
                    FollowerTables.Held analysisHeld = tables.hold(FollowerTables.ANALYSIS)) {
                sequenced = publish(labs, events);
                ends = labs.ends();
                journal = caughtUp(tables, FollowerTables.JOURNAL, journalHeld, ends, events);
                analysis = caughtUp(tables, FollowerTables.ANALYSIS, analysisHeld, ends, events);
            }
            SessionId session = SessionId.parse(labs.sessions().values().iterator().next());
            return new Rates(
                    sequenced,
                    journal.perSecond(),
                    tables.copyAgain(Copied.EVENTS, session),
                    analysis.perSecond(),
                    tables.copyAgain(Copied.MESSAGES, session),
                    journal.micros(),
                    analysis.micros());
        }
    }

    /** How fast it was, and what each took of the processors. */
    private record Caught(double perSecond, double micros) {}

    private Caught caughtUp(
            FollowerTables tables,
            String positions,
            FollowerTables.Held held,
            Map<Integer, Long> ends,
            int events)
            throws SQLException, InterruptedException {
        Map<String, Duration> before = processorTime.used();
        long began = System.nanoTime();
        held.release();
        tables.await(positions, ends, PATIENCE_NANOS);
        double perSecond = perSecond(events, began);
        Duration used =
                ProcessorTime.between(before, processorTime.used()).values().stream()
                        .reduce(Duration.ZERO, Duration::plus);
        return new Caught(perSecond, used.toNanos() / 1e3 / events);
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
