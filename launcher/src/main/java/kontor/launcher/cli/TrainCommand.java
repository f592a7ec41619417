package kontor.launcher.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kontor.launcher.stack.LaunchRefusedException;
import kontor.launcher.stack.StackState;
import kontor.launcher.training.Rehearsal;
import kontor.launcher.training.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes every process start more quickly from now on. */
@Command(
        name = "train",
        description = {
            "Writes the AOT caches that processes start from: a small stack records itself while"
                + " two stand-in games play. \"kontor up\" does the same in the background after"
                + " each build, while the machine is idle."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    private static final long CLOSING_SECONDS = 10;

    @Option(
            names = "--child",
            hidden = true,
            description = "Exit with the parent process; print no progress.")
    private boolean child;

    @Option(
            names = "--starts",
            description = {
                "Write missing caches only, recorded from each program's start alone, without"
                    + " broker, database and games: faster, but less effective. Every Maven build"
                    + " without -Dquick does it."
            })
    private boolean starts;

    private final Console console = Console.system();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        return starts ? rehearse() : train();
    }

    private int rehearse() throws InterruptedException, LaunchRefusedException {
        long began = System.nanoTime();
        try {
            List<String> written = new Rehearsal(StackOptions.javaOptions()).run();
            console.line(
                    written.isEmpty()
                            ? "No AOT caches missing"
                            : "AOT caches of %s written after %s"
                                    .formatted(
                                            String.join(", ", written),
                                            Durations.seconds(
                                                    (System.nanoTime() - began) / 1_000_000)));
            return ExitStatus.OK;
        } catch (IOException e) {
            console.error("kontor: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private int train() throws Exception {
        Progress progress = new Progress(console);
        Consumer<StackState> listener = child ? state -> {} : progress;
        Training training = new Training(StackOptions.javaOptions(), listener);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> close(training), "kontor-shutdown-1"));
        if (child) {
            endWithParent();
        }
        try {
            Training.Outcome outcome = training.run();
            console.clear();
            console.line(text(outcome, progress));
            return ExitStatus.OK;
        } finally {
            ended.countDown();
        }
    }

    private static String text(Training.Outcome outcome, Progress progress) {
        return switch (outcome) {
            case TRAINED ->
                    "AOT caches written after "
                            + Durations.seconds(progress.sinceBegun().toMillis());
            case ELSEWHERE -> "Another training is running";
        };
    }

    private void close(Training training) {
        try {
            training.abandon();
            if (!ended.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                console.error("kontor: the training did not stop");
            }
            // A JVM that was writing its cache does so in a process of its own.
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void endWithParent() {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> {
                    var _ = parent.onExit().thenRun(() -> System.exit(ExitStatus.FAILED));
                });
    }
}
