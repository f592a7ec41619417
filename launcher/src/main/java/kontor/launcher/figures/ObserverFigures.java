package kontor.launcher.figures;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.process.Signals;
import kontor.launcher.stack.StackState;
import kontor.players.figures.Figure;
import kontor.players.figures.FigureBench;
import kontor.players.figures.Target;
import kontor.players.report.Progress;
import kontor.players.traffic.TrafficReport;
import kontor.players.traffic.Transport;
import kontor.vocabulary.SessionId;

/**
 * What games notice of those who watch: p99 with journal, analysis, gateway and one live stream,
 * and with the database stopped, beside p99 while all of these stand still.
 */
public final class ObserverFigures implements FigureBench {

    public static final String NAME = "observers";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final String ALONE = "without journal, analysis, gateway and stream";

    private final Lab lab;
    private final Supplier<StackState> now;
    private final GatewayClient gateway;
    private final Settings settings;
    private final LabTraffic traffic;
    private final List<String> problems = new ArrayList<>();

    /**
     * How it is measured.
     *
     * @param perSecond packets of each game
     */
    public record Settings(int rounds, int perSecond, int size, int port, Duration duration) {}

    private enum Phase {
        ALONE,
        WATCHED,
        DATABASE_STOPPED
    }

    public ObserverFigures(
            Lab lab, Supplier<StackState> now, GatewayClient gateway, Settings settings) {
        this.lab = lab;
        this.now = now;
        this.gateway = gateway;
        this.settings = settings;
        this.traffic =
                new LabTraffic(
                        lab,
                        settings.port(),
                        settings.size(),
                        WARM_UP,
                        settings.duration(),
                        PATIENCE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        Map<Transport, Map<Phase, List<Double>>> p99 = new EnumMap<>(Transport.class);
        // So that there is a session to be followed, and all is warm.
        var _ = p99(Transport.UDP);
        SessionId session =
                gateway.newestSession().orElseThrow(() -> new IOException("no session began"));
        for (int round = 0; round < settings.rounds(); round++) {
            List<Phase> phases = new ArrayList<>(List.of(Phase.values()));
            Collections.rotate(phases, round);
            for (Phase phase : phases) {
                progress.at(round, settings.rounds(), "round %d, %s".formatted(round + 1, phase));
                for (Transport transport : Transport.values()) {
                    p99.computeIfAbsent(transport, _ -> new EnumMap<>(Phase.class))
                            .computeIfAbsent(phase, _ -> new ArrayList<>())
                            .add(measure(phase, transport, session));
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        p99.forEach((transport, phases) -> {
            List<Double> alone = phases.getOrDefault(Phase.ALONE, List.of());
            figures.add(
                    figure(
                            "p99 %s with all of them and a live stream".formatted(transport),
                            phases.getOrDefault(Phase.WATCHED, List.of()),
                            alone));
            figures.add(
                    figure(
                            "p99 %s with the database stopped".formatted(transport),
                            phases.getOrDefault(Phase.DATABASE_STOPPED, List.of()),
                            alone));
        });
        return new Outcome(figures, problems);
    }

    private Figure figure(String what, List<Double> values, List<Double> alone) {
        return Figure.beside(
                NAME,
                "%s, %d x %d/s".formatted(what, lab.instances().size(), settings.perSecond()),
                "ms",
                values,
                ALONE,
                alone,
                new Target.AtMost(1.2));
    }

    private double measure(Phase phase, Transport transport, SessionId session) throws Exception {
        return switch (phase) {
            case WATCHED -> {
                try (Closeable _ = gateway.follow(session)) {
                    yield p99(transport);
                }
            }
            case DATABASE_STOPPED -> {
                try (Suspended _ = new Suspended(pids(StackPlanner.DATABASE))) {
                    yield p99(transport);
                }
            }
            case ALONE -> alone(transport);
        };
    }

    /** A journal that the orchestrator hosts cannot be suspended, but it waits for its table. */
    private double alone(Transport transport)
            throws SQLException, IOException, InterruptedException {
        try (FollowerTables tables = FollowerTables.open(now.get().postgresUrl());
                FollowerTables.Held _ = tables.hold(FollowerTables.JOURNAL);
                Suspended _ =
                        new Suspended(
                                pids(
                                        StackPlanner.ANALYSIS,
                                        StackPlanner.GATEWAY,
                                        StackPlanner.JOURNAL))) {
            return p99(transport);
        }
    }

    private List<Long> pids(String... names) {
        StackState state = now.get();
        return Stream.of(names)
                .flatMap(name -> state.process(name).stream())
                .flatMap(entry -> Stream.ofNullable(entry.identity()))
                .map(identity -> identity.pid())
                .toList();
    }

    /** Processes that are suspended until this is closed. */
    private record Suspended(List<Long> pids) implements AutoCloseable {

        Suspended {
            pids = List.copyOf(pids);
            pids.forEach(Signals::suspend);
        }

        @Override
        public void close() {
            pids.forEach(Signals::resume);
        }
    }

    private double p99(Transport transport) throws IOException, InterruptedException {
        TrafficReport report = traffic.run(transport, settings.perSecond(), Progress.NONE);
        if (!report.passed()) {
            problems.add("observers, " + transport + ": " + report.summary());
            problems.addAll(report.problems());
        }
        return report.latency().p99Millis();
    }
}
