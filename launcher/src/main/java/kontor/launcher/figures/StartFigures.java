package kontor.launcher.figures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kontor.launcher.stack.LaunchRefusedException;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackFailedException;
import kontor.players.bench.ProcessorTime;
import kontor.players.figures.Figure;
import kontor.players.figures.FigureBench;
import kontor.players.figures.Target;
import kontor.players.report.Progress;

/**
 * How long a start of everything takes, beside the processor time that the processes use until all
 * are ready, divided by the cores: that long it takes at least. Stops what it starts.
 */
public final class StartFigures implements FigureBench {

    public static final String NAME = "up";

    private final Starter starter;
    private final int rounds;

    /** Starts a stack on data that may be there already. */
    @FunctionalInterface
    public interface Starter {
        Stack start() throws IOException, LaunchRefusedException;
    }

    /**
     * @param starter each of its stacks is closed before the next is asked for
     */
    public StartFigures(Starter starter, int rounds) {
        this.starter = starter;
        this.rounds = rounds;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        List<Double> seconds = new ArrayList<>();
        List<Double> least = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            progress.at(round, rounds + 1L, "start " + round);
            long began = System.nanoTime();
            try (Stack stack = starter.start()) {
                awaitReady(stack);
                double took = (System.nanoTime() - began) / 1e9;
                // The first makes the database's files.
                if (round > 0) {
                    seconds.add(took);
                    least.add(processorSeconds(stack) / Runtime.getRuntime().availableProcessors());
                }
            }
        }
        return new Outcome(
                List.of(
                        Figure.beside(
                                NAME,
                                "start of everything",
                                "s",
                                seconds,
                                "processor seconds of all processes until then / cores",
                                least,
                                new Target.AtMost(1.3))),
                List.of());
    }

    private static void awaitReady(Stack stack) throws IOException, InterruptedException {
        try {
            stack.awaitReady();
        } catch (StackFailedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static double processorSeconds(Stack stack) {
        Map<String, Duration> used =
                ProcessorTime.of(() -> Processes.handles(stack.state())).used();
        return used.values().stream().mapToDouble(time -> time.toNanos() / 1e9).sum();
    }
}
