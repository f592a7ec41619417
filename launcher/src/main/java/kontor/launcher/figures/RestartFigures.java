package kontor.launcher.figures;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.launcher.plan.ProcessSpec;
import kontor.players.bench.Interruption;
import kontor.players.bench.InterruptionBench;
import kontor.players.bench.InterruptionBenchReport;
import kontor.players.bench.InterruptionBenchReport.Result;
import kontor.players.bench.InterruptionBenchSettings;
import kontor.players.figures.Figure;
import kontor.players.figures.FigureBench;
import kontor.players.figures.Medians;
import kontor.players.figures.Target;
import kontor.players.report.Progress;

/**
 * The longest gap that games notice of a kill -9 of the orchestrator, beside the start of a JVM
 * with an empty Spring Boot application; and of a planned reload, beside a second.
 */
public final class RestartFigures implements FigureBench {

    public static final String NAME = "restart";

    private static final double SECOND_MILLIS = 1_000;

    private final Lab lab;
    private final ProcessSpec orchestrator;
    private final Interruption kill;
    private final Interruption reload;
    private final InterruptionBenchSettings settings;
    private final int rounds;

    /**
     * @param orchestrator as it is started
     * @param kill done once in each round
     */
    public RestartFigures(
            Lab lab,
            ProcessSpec orchestrator,
            Interruption kill,
            Interruption reload,
            InterruptionBenchSettings settings,
            int rounds) {
        this.lab = lab;
        this.orchestrator = orchestrator;
        this.kill = kill;
        this.reload = reload;
        this.settings = settings;
        this.rounds = rounds;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        Path directory = Files.createTempDirectory("kontor-bench");
        try {
            return run(EmptyApplication.like(orchestrator, directory), progress);
        } finally {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private Outcome run(EmptyApplication empty, Progress progress) throws Exception {
        List<Double> starts = new ArrayList<>();
        List<Double> kills = new ArrayList<>();
        List<Double> reloads = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Progress ofRound = inRound(round, progress);
            ofRound.at(0, 1, "starts of an empty application");
            starts.add(Medians.of(List.of(empty.start(), empty.start(), empty.start())));
            InterruptionBenchReport report =
                    InterruptionBench.run(lab, List.of(kill, reload), settings, ofRound);
            problems.addAll(report.problems());
            kills.add(gapMillis(report.results().getFirst()));
            reloads.add(gapMillis(report.results().getLast()));
        }
        return new Outcome(
                List.of(
                        Figure.beside(
                                NAME,
                                "gap at kill -9 of the orchestrator",
                                "ms",
                                kills,
                                "start of an empty Spring Boot application with an AOT cache",
                                starts,
                                new Target.AtMost(1.5)),
                        Figure.beside(
                                NAME,
                                "gap at a planned reload of the orchestrator",
                                "ms",
                                reloads,
                                "a second",
                                reloads.stream().map(_ -> SECOND_MILLIS).toList(),
                                new Target.AtMost(1))),
                problems);
    }

    private Progress inRound(int round, Progress progress) {
        return (_, _, what) ->
                progress.at(round - 1L, rounds, "restart, round %d, %s".formatted(round, what));
    }

    private static double gapMillis(Result result) {
        return result.longestGap().toNanos() / 1e6;
    }
}
