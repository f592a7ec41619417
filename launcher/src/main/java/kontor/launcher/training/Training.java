package kontor.launcher.training;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.plan.AotCache;
import kontor.launcher.stack.LaunchRefusedException;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackFailedException;
import kontor.launcher.stack.StackSettings;
import kontor.launcher.stack.StackState;
import kontor.players.games.Demo;
import kontor.players.games.DemoSettings;
import kontor.players.games.GamePorts;
import kontor.players.report.Progress;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * One training run: a stack with a lab and a data directory of its own, whose JVMs record what they
 * load and run while two games play a round of the demo and the API is asked. Each writes its cache
 * when it ends; the caches count once all are there. Whatever goes wrong, nothing but time is lost.
 *
 * <p>Of several at a time one works, the others end at once.
 */
public final class Training {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration CONTINUITY_PATIENCE = Duration.ofMinutes(2);

    private final List<String> javaOptions;
    private final Consumer<StackState> listener;
    private @Nullable Stack running;
    private boolean abandoned;

    /** How it ended. */
    public enum Outcome {
        TRAINED,
        /** Another one is at it. */
        ELSEWHERE
    }

    /**
     * @param javaOptions as those of the stacks that shall start from the caches
     * @param listener receives the training stack's progress
     */
    public Training(List<String> javaOptions, Consumer<StackState> listener) {
        this.javaOptions = javaOptions;
        this.listener = listener;
    }

    /** Returns whether a program of the build has no cache yet. */
    public boolean isMissing() throws IOException, LaunchRefusedException {
        try (TrainingGround ground = TrainingGround.make()) {
            return Launcher.here().programs(ground.settings(javaOptions, START_TIMEOUT)).stream()
                    .map(program -> requireNonNull(program.aotCache()))
                    .anyMatch(cache -> !Files.exists(cache.file()));
        }
    }

    /**
     * Blocks until all caches are written.
     *
     * @throws StackFailedException if a process did not start, or it was abandoned before the end
     */
    public Outcome run()
            throws IOException, InterruptedException, LaunchRefusedException, StackFailedException {
        try (TrainingGround ground = TrainingGround.make()) {
            return run(ground.settings(javaOptions, START_TIMEOUT));
        }
    }

    private Outcome run(StackSettings settings)
            throws IOException, InterruptedException, LaunchRefusedException, StackFailedException {
        Launcher launcher = Launcher.here();
        try (CacheShelf shelf = CacheShelf.take(launcher.cache(settings)).orElse(null)) {
            if (shelf == null) {
                return Outcome.ELSEWHERE;
            }
            Stack stack = begin(launcher, settings);
            try (stack) {
                stack.awaitReady();
                work(stack);
            }
            if (isAbandoned()) {
                throw new StackFailedException("abandoned before the end");
            }
            for (AotCache cache : stack.aotCaches()) {
                CacheShelf.publish(cache.written(), cache.file());
            }
            return Outcome.TRAINED;
        }
    }

    private synchronized Stack begin(Launcher launcher, StackSettings settings)
            throws IOException, LaunchRefusedException, StackFailedException {
        if (abandoned) {
            throw new StackFailedException("abandoned before the beginning");
        }
        Stack stack = launcher.launch(settings, listener);
        running = stack;
        return stack;
    }

    private synchronized boolean isAbandoned() {
        return abandoned;
    }

    /** A little of everything that a restarted process should be quick at. */
    private static void work(Stack stack) throws IOException, InterruptedException {
        DemoSettings usual = DemoSettings.ONCE;
        DemoSettings round =
                new DemoSettings(
                        1, 2, 30, usual.pause(), usual.seed(), GamePorts.NORMAL, START_TIMEOUT);
        try (GatewayClient gateway = new GatewayClient(stack.page())) {
            SessionId session = gateway.startSession(stack.lab().name().value());
            new Demo(stack.lab(), round, Progress.NONE).play();
            gateway.endSession(session);
            gateway.continuity(session, CONTINUITY_PATIENCE);
            for (String page : List.of("events", "messages", "flows")) {
                gateway.visit("api/sessions/%s/%s".formatted(session, page));
            }
            gateway.visit("");
        }
    }

    /** Ends it before its time, from another thread; waits until its processes are gone. */
    public void abandon() throws InterruptedException {
        @Nullable Stack stack;
        synchronized (this) {
            abandoned = true;
            stack = running;
        }
        if (stack != null) {
            stack.abort();
        }
    }
}
