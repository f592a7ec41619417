package kontor.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kontor.launcher.control.CapturedPackets;
import kontor.launcher.process.ProcessorTime;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.Stack;
import kontor.launcher.training.TrainingTime;
import kontor.launcher.training.TrainingTime.Verdict;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Trains beside a stack that is ready and whose build has no AOT caches yet: while the machine is
 * quiet and no games play, in a process of its own that runs where no processor is needed for
 * anything else, and ends with us.
 *
 * <p>Has a thread of its own, which watches how quiet it is.
 */
final class BackgroundTraining implements AutoCloseable {

    private static final long CLOSING_SECONDS = 15;
    private static final long BETWEEN_KILLS_MILLIS = 200;

    private final Consumer<String> listener;
    private final DataDirectory data;
    private final String kafkaServers;
    private final TrainingTime time = new TrainingTime();
    private final Thread thread =
            Thread.ofPlatform().name("kontor-training-watch-1").daemon().unstarted(this::watch);
    private volatile @Nullable Process process;

    private BackgroundTraining(Stack stack, DataDirectory data, Consumer<String> listener) {
        this.listener = listener;
        this.data = data;
        this.kafkaServers = stack.kafkaServers();
    }

    /**
     * Does nothing where the stack has all caches. Its output is in the log {@code training}.
     *
     * @param listener receives progress messages
     */
    static BackgroundTraining beside(
            Stack stack, DataDirectory data, boolean wanted, Consumer<String> listener) {
        BackgroundTraining training = new BackgroundTraining(stack, data, listener);
        boolean complete = stack.aotCaches().stream().allMatch(c -> Files.exists(c.file()));
        if (!complete && wanted) {
            listener.accept(
                    "This build has no AOT caches yet; a small stack trains them in the background"
                        + " while the machine is idle and no games play (--training off disables"
                        + " it).");
            training.thread.start();
        } else if (!complete) {
            listener.accept(
                    "This build has no AOT caches yet; ./kontor train writes them and halves start"
                            + " times.");
        }
        return training;
    }

    private void watch() {
        try (CapturedPackets packets = new CapturedPackets(kafkaServers)) {
            while (time.state() != TrainingTime.State.OVER) {
                // Packets are counted over an interval: the time itself is what is measured.
                Thread.sleep(TrainingTime.INTERVAL);
                look(packets);
            }
        } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException e) {
            // Interrupted by the thread that ends the process as well.
        } catch (IOException e) {
            listener.accept("AOT cache training skipped: " + e.getMessage());
            kill();
        }
    }

    private void look(CapturedPackets packets) throws IOException, InterruptedException {
        @Nullable Process running = process;
        if (time.state() == TrainingTime.State.RUNNING && running != null && !running.isAlive()) {
            time.ended();
            listener.accept(
                    running.exitValue() == 0
                            ? "AOT caches trained; processes start from them from now on."
                            : "AOT cache training failed; log: " + log());
            return;
        }
        ProcessorTime now = ProcessorTime.now();
        switch (time.on(new TrainingTime.Sample(now.usual(), now.total(), count(packets)))) {
            case Verdict.GoOn() -> {}
            case Verdict.Begin() -> begin();
            case Verdict.End(String reason, boolean again) -> {
                kill();
                listener.accept(
                        "AOT cache training cancelled: %s. %s"
                                .formatted(
                                        reason,
                                        again
                                                ? "It is retried after two idle minutes."
                                                : "Run ./kontor train to do it now."));
            }
        }
    }

    /** A broker that does not answer has no time for us. */
    private static long count(CapturedPackets packets) {
        try {
            return packets.count();
        } catch (org.apache.kafka.common.errors.InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            return Long.MAX_VALUE;
        }
    }

    private void begin() throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("closed before the training began");
        }
        data.renewLog("training");
        process =
                new ProcessBuilder(OwnProgram.idle(List.of("train", "--child")))
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(log().toFile())
                        .start();
        listener.accept("Training AOT caches in the background; the next start uses them.");
    }

    private Path log() {
        return data.log("training");
    }

    /** Asks it to end, if it is under way. */
    void end() {
        thread.interrupt();
        @Nullable Process running = process;
        if (running != null) {
            running.destroy();
        }
    }

    /**
     * Ends it at once: on a busy machine it would never get to do so by itself. It only clears up
     * behind itself. Waits until it is gone.
     */
    private void kill() {
        @Nullable Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSING_SECONDS);
        try {
            do {
                running.descendants().toList().forEach(ProcessHandle::destroyForcibly);
            } while (!running.waitFor(BETWEEN_KILLS_MILLIS, TimeUnit.MILLISECONDS)
                    && System.nanoTime() < deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.destroyForcibly();
        process = null;
    }

    /** The same as {@link #end}; waits until it is gone. */
    @Override
    public void close() {
        end();
        @Nullable Process running = process;
        if (running == null) {
            return;
        }
        try {
            if (!running.waitFor(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
