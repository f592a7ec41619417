package kontor.launcher.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;
import kontor.launcher.figures.Processes;
import kontor.launcher.stack.LaunchRefusedException;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackFailedException;
import kontor.launcher.stack.StackState;
import kontor.players.bench.ProcessorTime;
import org.jspecify.annotations.Nullable;

/**
 * The stack that a command works with: the one that runs in the data directory, or else one that is
 * started for it and stopped with it.
 */
final class BorrowedStack implements AutoCloseable {

    private final StackState state;
    private final Lab lab;
    private final @Nullable Stack own;
    private volatile Runnable atInterrupt = () -> {};

    private BorrowedStack(StackState state, Lab lab, @Nullable Stack own) {
        this.state = state;
        this.lab = lab;
        this.own = own;
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "kontor-shutdown-1"));
    }

    /** The running one, or nothing. */
    static Optional<BorrowedStack> running(Path data) throws IOException, LabFileException {
        Optional<StackState> running = Launcher.running(data);
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new BorrowedStack(
                                running.get(),
                                LabFile.read(Path.of(running.get().labFile())),
                                null));
    }

    /** The running one, or one that is started now; waits until it is ready. */
    static BorrowedStack runningOrOwn(Console console, StackOptions options)
            throws IOException,
                    InterruptedException,
                    LabFileException,
                    LaunchRefusedException,
                    StackFailedException {
        Optional<BorrowedStack> running = running(options.directory().path());
        if (running.isPresent()) {
            console.line("Using the running stack: " + running.get().page());
            return running.get();
        }
        Progress progress = new Progress(console);
        Stack stack = Launcher.here().launch(options.settings(Set.of()), progress);
        BorrowedStack borrowed = new BorrowedStack(stack.state(), stack.lab(), stack);
        Banner.begin(console, stack.state());
        try {
            stack.awaitReady();
        } catch (StackFailedException e) {
            Failures.showLogs(console, stack.state());
            borrowed.close();
            throw e;
        }
        Banner.ready(console, stack.state(), progress.sinceBegun());
        return borrowed;
    }

    /**
     * What to do at Ctrl-C, before a stack of our own is stopped.
     *
     * @param action may wait, but not for ever
     */
    void atInterrupt(Runnable action) {
        atInterrupt = action;
    }

    private void interrupted() {
        atInterrupt.run();
        close();
    }

    Lab lab() {
        return lab;
    }

    /** The address of page and API, ending with a slash. */
    URI page() {
        return URI.create(state.page());
    }

    /** As it is now. */
    StackState now() throws IOException {
        return Launcher.running(Path.of(state.dataDirectory()))
                .orElseThrow(() -> new IOException("the stack is no longer running"));
    }

    String kafkaServers() {
        return state.kafkaServers();
    }

    /** Of all its processes, and of this one as {@code bench}. */
    ProcessorTime processorTime() {
        return ProcessorTime.of(() -> {
            try {
                return Processes.withOwn(now(), "bench");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() {
        if (own == null) {
            return;
        }
        try {
            own.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the stack did not stop cleanly", e);
        }
    }
}
