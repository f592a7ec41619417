package kontor.launcher.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kontor.launcher.plan.StopSignal;
import kontor.launcher.process.Signals;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.StackPhase;

/** Starts a supervisor that outlives this process, and shows its progress until all is ready. */
final class DetachedStart {

    private static final long LOOK_MILLIS = 100;

    private final Console console;
    private final DataDirectory data;
    private final Progress progress;

    DetachedStart(Console console, DataDirectory data) {
        this.console = console;
        this.data = data;
        this.progress = new Progress(console);
    }

    /**
     * @param arguments those that this process was given
     */
    int run(List<String> arguments) throws IOException, InterruptedException {
        List<String> supervised = new ArrayList<>(arguments);
        supervised.add("--supervise");
        Path output = data.log("detached");
        Files.createDirectories(requireNonNull(output.getParent()));
        Process supervisor =
                new ProcessBuilder(OwnProgram.inItsOwnSession(supervised))
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(output.toFile())
                        .start();
        Thread interrupted =
                new Thread(
                        () -> Signals.send(StopSignal.TERM, supervisor.pid()), "kontor-shutdown-1");
        Runtime.getRuntime().addShutdownHook(interrupted);
        boolean ready = follow(supervisor);
        if (ready) {
            Runtime.getRuntime().removeShutdownHook(interrupted);
            console.line(
                    console.dim("Use kontor status to inspect it and kontor down to stop it."));
            return ExitStatus.OK;
        }
        int status = supervisor.waitFor();
        console.clear();
        // Prints its output, except the progress lines, which were shown already.
        Files.readAllLines(output).stream()
                .dropWhile(line -> !line.startsWith("kontor: ") && begun)
                .forEach(console::error);
        return status == 0 ? ExitStatus.FAILED : status;
    }

    private boolean begun;

    private boolean follow(Process supervisor) throws IOException, InterruptedException {
        while (!supervisor.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Optional<StackState> state =
                    data.readState().filter(found -> found.supervisor().pid() == supervisor.pid());
            if (state.isPresent()) {
                show(state.get());
                if (state.get().phase() == StackPhase.READY) {
                    Banner.ready(console, state.get(), progress.sinceBegun());
                    return true;
                }
            }
        }
        return false;
    }

    private void show(StackState state) {
        if (!begun) {
            begun = true;
            Banner.begin(console, state);
        }
        progress.accept(state);
    }
}
