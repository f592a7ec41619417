package kontor.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.Stack;
import org.jspecify.annotations.Nullable;

/**
 * Trains beside a stack that is ready and whose build has no AOT caches yet: in a process of its
 * own that runs where no processor is needed for anything else, and ends with us.
 */
final class BackgroundTraining implements AutoCloseable {

    private static final long CLOSING_SECONDS = 15;

    private final @Nullable Process process;

    private BackgroundTraining(@Nullable Process process) {
        this.process = process;
    }

    /**
     * Does nothing where the stack has all caches. Its output is in the log {@code training}.
     *
     * @param listener is told how it goes on, in a sentence
     */
    static BackgroundTraining beside(Stack stack, DataDirectory data, Consumer<String> listener)
            throws IOException {
        boolean complete = stack.aotCaches().stream().allMatch(c -> Files.exists(c.file()));
        if (complete) {
            return new BackgroundTraining(null);
        }
        data.renewLog("training");
        Path log = data.log("training");
        Process process =
                new ProcessBuilder(OwnProgram.idle(List.of("train", "--child")))
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(log.toFile())
                        .start();
        listener.accept("Training in the background, for quicker starts from the next one on.");
        var _ =
                process.onExit()
                        .thenAccept(ended ->
                                listener.accept(
                                        ended.exitValue() == 0
                                                ? "Trained: processes start quickly from now on."
                                                : "The training failed; its log: " + log));
        return new BackgroundTraining(process);
    }

    /** Asks it to end, if it is under way. */
    void end() {
        if (process != null) {
            process.destroy();
        }
    }

    /** The same; waits until it is gone. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        end();
        try {
            if (!process.waitFor(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
