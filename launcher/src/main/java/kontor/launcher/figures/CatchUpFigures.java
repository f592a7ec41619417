package kontor.launcher.figures;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    private final Settings settings;

    /**
     * How it is measured.
     *
     * @param events of each outage
     * @param size of their payloads
     */
    public record Settings(int rounds, int events, int size) {}

    /** Rows or events a second. */
    private record Rates(double sequenced, double journal, double analysis, double copy) {}

    public CatchUpFigures(String kafkaServers, String postgresUrl, Settings settings) {
        this.kafkaServers = kafkaServers;
        this.postgresUrl = postgresUrl;
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
        List<Double> copy = rounds.stream().map(Rates::copy).toList();
        return new Outcome(
                List.of(
                        Figure.beside(
                                NAME,
                                "journal after an outage",
                                "rows/s",
                                rounds.stream().map(Rates::journal).toList(),
                                COPY,
                                copy,
                                new Target.AtLeast(0.8)),
                        Figure.beside(
                                NAME,
                                "analysis after an outage",
                                "events/s",
                                rounds.stream().map(Rates::analysis).toList(),
                                COPY,
                                copy,
                                new Target.AtLeast(0.8)),
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
            double journal;
            double analysis;
            try (FollowerTables.Held journalHeld = tables.hold(FollowerTables.JOURNAL);
                    FollowerTables.Held analysisHeld = tables.hold(FollowerTables.ANALYSIS)) {
                sequenced = publish(labs, events);
                ends = labs.ends();
                long began = System.nanoTime();
                journalHeld.release();
                tables.await(FollowerTables.JOURNAL, ends, PATIENCE_NANOS);
                journal = perSecond(events, began);
                began = System.nanoTime();
                analysisHeld.release();
                tables.await(FollowerTables.ANALYSIS, ends, PATIENCE_NANOS);
                analysis = perSecond(events, began);
            }
            SessionId session = SessionId.parse(labs.sessions().values().iterator().next());
            double copy = tables.copyAgain(session);
            return new Rates(sequenced, journal, analysis, copy);
        }
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
