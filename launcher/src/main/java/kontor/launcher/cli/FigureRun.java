package kontor.launcher.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import kontor.launcher.figures.AllocationFigures;
import kontor.launcher.figures.CatchUpFigures;
import kontor.launcher.figures.CollectedHeaps;
import kontor.launcher.figures.MemoryFigures;
import kontor.launcher.figures.ObserverFigures;
import kontor.launcher.figures.RestartFigures;
import kontor.launcher.figures.SoakFigures;
import kontor.launcher.figures.StartFigures;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.PlannedReload;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.stack.LaunchRefusedException;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.StackSettings;
import kontor.launcher.stack.StackState;
import kontor.players.bench.BenchReport.Path;
import kontor.players.bench.BenchSettings;
import kontor.players.bench.InterruptionBenchSettings;
import kontor.players.figures.BulkFigures;
import kontor.players.figures.Figure;
import kontor.players.figures.FigureBench;
import kontor.players.figures.FigureReport;
import kontor.players.figures.Guard;
import kontor.players.figures.KneeFigures;
import kontor.players.figures.LabsFigures;
import kontor.players.figures.Machine;
import kontor.players.figures.RelayFigures;

/** One run of the benches that were asked for; a bench that fails is a problem of the report. */
final class FigureRun {

    private static final int SIZE = 200;
    private static final int PORT = BenchSettings.STANDARD.port();
    private static final int EVENTS_OF_ALL_LABS = 400;

    private final StackOptions options;
    private final Wanted wanted;
    private final Console console;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * What was asked for.
     *
     * @param names of benches; empty: all
     * @param brief the guard instead of a table
     * @param soak minutes of nothing but traffic; 0: a table
     * @param rates packets per second of each game for the latency
     * @param events of each outage
     * @param labs numbers of them
     */
    record Wanted(
            List<String> names,
            boolean brief,
            int soak,
            int rounds,
            List<Integer> rates,
            int events,
            List<Integer> labs) {

        Wanted {
            names = List.copyOf(names);
            rates = List.copyOf(rates);
            labs = List.copyOf(labs);
            if (rounds < 1 || events < 1) {
                throw new IllegalArgumentException("--rounds and --events are 1 or more");
            }
            if (rates.stream().anyMatch(rate -> rate < 1)) {
                throw new IllegalArgumentException("--rate is 1 or more");
            }
            if (soak < 0) {
                throw new IllegalArgumentException("--soak is 1 or more minutes");
            }
            if (soak > 0 && (brief || !names.isEmpty())) {
                throw new IllegalArgumentException("--soak goes with no NAME and not with --short");
            }
            if (labs.size() < 2 || labs.getFirst() != 1 || labs.stream().anyMatch(n -> n < 1)) {
                throw new IllegalArgumentException("--labs are 1 and other numbers, like 1,10");
            }
        }

        /** Neither the guard nor a soak. */
        boolean table() {
            return !brief && soak == 0;
        }

        boolean includes(String name) {
            return names.isEmpty() || names.contains(name);
        }
    }

    FigureRun(StackOptions options, Wanted wanted, Console console) {
        this.options = options;
        this.wanted = wanted;
        this.console = console;
    }

    /**
     * Blocks until all is measured.
     *
     * @throws IllegalArgumentException if a name is none of the benches'
     */
    FigureReport run() throws Exception {
        Set<String> known =
                Set.of(
                        StartFigures.NAME,
                        RelayFigures.NAME,
                        KneeFigures.NAME,
                        BulkFigures.NAME,
                        CatchUpFigures.NAME,
                        LabsFigures.NAME,
                        ObserverFigures.NAME,
                        RestartFigures.NAME,
                        MemoryFigures.NAME,
                        AllocationFigures.NAME);
        for (String name : wanted.names()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "'%s' is no benchmark: %s"
                                .formatted(
                                        name, String.join(", ", known.stream().sorted().toList())));
            }
        }
        Machine machine = Machine.here();
        boolean running = BorrowedStack.running(options.directory().path()).isPresent();
        if (wanted.includes(StartFigures.NAME) && !running && wanted.table()) {
            measure(new StartFigures(() -> Launcher.here().launch(settings()), wanted.rounds()));
        }
        if (!List.of(StartFigures.NAME).equals(wanted.names())) {
            try (BorrowedStack stack = BorrowedStack.runningOrOwn(console, options);
                    GatewayClient gateway = options.token().gatewayOf(stack.now())) {
                measureOn(stack, gateway);
            }
        }
        return FigureReport.of(machine, figures, problems);
    }

    private StackSettings settings() {
        return options.settings(Set.of());
    }

    private void measureOn(BorrowedStack stack, GatewayClient gateway) throws Exception {
        if (wanted.brief()) {
            measure(relay(stack, RelayFigures.shortly(PORT)));
            problems.addAll(Guard.RECORDED.regressions(figures));
            return;
        }
        if (wanted.soak() > 0) {
            measure(soak(stack, gateway));
            return;
        }
        Map<String, FigureBench> benches = new LinkedHashMap<>();
        for (FigureBench bench : benches(stack, gateway)) {
            benches.put(bench.name(), bench);
        }
        for (FigureBench bench : benches.values()) {
            if (wanted.includes(bench.name())) {
                measure(bench);
            }
        }
    }

    /**
     * In the order of measuring. Latency comes when the compilers are done and the followers have
     * all that the knee sent, restarts at last: some processes are new behind them.
     */
    private List<FigureBench> benches(BorrowedStack stack, GatewayClient gateway)
            throws IOException, LaunchRefusedException {
        int rounds = wanted.rounds();
        String kafka = stack.kafkaServers();
        Supplier<StackState> now = now(stack);
        BenchSettings usual = BenchSettings.STANDARD;
        return List.of(
                new KneeFigures(
                        stack.lab(),
                        kafka,
                        new KneeFigures.Settings(
                                rounds,
                                250,
                                SIZE,
                                PORT,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(3))),
                new BulkFigures(
                        stack.lab(),
                        kafka,
                        stack.processorTime(),
                        rounds,
                        PORT,
                        Duration.ofSeconds(4)),
                new CatchUpFigures(
                        kafka,
                        stack.now().postgresUrl(),
                        stack.processorTime(),
                        new CatchUpFigures.Settings(rounds, wanted.events(), SIZE)),
                new LabsFigures(
                        kafka,
                        new LabsFigures.Settings(
                                rounds,
                                wanted.labs(),
                                EVENTS_OF_ALL_LABS,
                                SIZE,
                                Duration.ofSeconds(5))),
                new ObserverFigures(
                        stack.lab(),
                        now,
                        gateway,
                        new ObserverFigures.Settings(
                                rounds, 50, SIZE, PORT, Duration.ofSeconds(15))),
                relay(
                        stack,
                        new BenchSettings(
                                wanted.rates(),
                                List.of(Path.values()),
                                SIZE,
                                rounds,
                                usual.warmUp(),
                                usual.duration(),
                                usual.firstWarmUp(),
                                PORT)),
                new AllocationFigures(
                        stack.lab(),
                        now,
                        new CollectedHeaps(
                                java.nio.file.Path.of(System.getProperty("java.home"), "bin/jcmd")),
                        new AllocationFigures.Settings(
                                rounds, 200, SIZE, PORT, Duration.ofSeconds(6))),
                new MemoryFigures(now),
                new RestartFigures(
                        stack.lab(),
                        orchestrator(),
                        new ProcessKill(stack, StackPlanner.ORCHESTRATOR, 1),
                        new PlannedReload(
                                gateway, stack.lab().name().value(), "orchestrator-service"),
                        InterruptionBenchSettings.STANDARD,
                        rounds));
    }

    private SoakFigures soak(BorrowedStack stack, GatewayClient gateway) {
        return new SoakFigures(
                stack.lab(),
                now(stack),
                gateway,
                new SoakFigures.Settings(
                        wanted.rates().getFirst(), SIZE, PORT, Duration.ofMinutes(wanted.soak())));
    }

    private static Supplier<StackState> now(BorrowedStack stack) {
        return () -> {
            try {
                return stack.now();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static RelayFigures relay(BorrowedStack stack, BenchSettings settings) {
        return new RelayFigures(stack.lab(), stack.kafkaServers(), settings, stack.processorTime());
    }

    private ProcessSpec orchestrator() throws IOException, LaunchRefusedException {
        return Launcher.here().programs(settings()).stream()
                .filter(program -> program.name().equals(StackPlanner.ORCHESTRATOR))
                .findFirst()
                .orElseThrow(() -> new IOException("the orchestrator is not built"));
    }

    private void measure(FigureBench bench) throws InterruptedException {
        try {
            FigureBench.Outcome outcome = bench.run(new BenchProgress(console));
            figures.addAll(outcome.figures());
            problems.addAll(outcome.problems());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            problems.add("%s could not be measured: %s".formatted(bench.name(), e));
        } finally {
            console.clear();
        }
    }
}
