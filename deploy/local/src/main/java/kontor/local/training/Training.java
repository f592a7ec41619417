package kontor.local.training;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import kontor.local.gateway.GatewayClient;
import kontor.local.plan.AotCache;
import kontor.local.process.DirectorySwap;
import kontor.local.stack.LaunchRefusedException;
import kontor.local.stack.Launcher;
import kontor.local.stack.Stack;
import kontor.local.stack.StackFailedException;
import kontor.local.stack.StackSettings;
import kontor.local.stack.StackState;
import kontor.testing.games.Demo;
import kontor.testing.games.DemoSettings;
import kontor.testing.games.GamePorts;
import kontor.testing.report.Progress;
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

    /** Second bytes of addresses that no other lab of ours has, enough for clones side by side. */
    private static final int FIRST_NETWORK = 200;

    private static final int NETWORKS = 50;

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
     * @param listener hears of the training stack's progress
     */
    public Training(List<String> javaOptions, Consumer<StackState> listener) {
        this.javaOptions = javaOptions;
        this.listener = listener;
    }

    /**
     * Blocks until all caches are written.
     *
     * @throws StackFailedException where a process did not start, or it was abandoned before the
     *     end
     */
    public Outcome run()
            throws IOException, InterruptedException, LaunchRefusedException, StackFailedException {
        Path directory = Files.createTempDirectory("kontor-training");
        try {
            Path lab = directory.resolve("lab.yaml");
            long network = FIRST_NETWORK + ProcessHandle.current().pid() % NETWORKS;
            Files.writeString(lab, lab(network));
            return run(
                    StackSettings.of(directory.resolve("data"), lab)
                            .forTraining(javaOptions, START_TIMEOUT));
        } finally {
            DirectorySwap.remove(directory);
        }
    }

    private static String lab(long network) {
        return """
        lab: training
        ports: { tcp: [47624, 2300-2350], udp: [47624, 2300-2350] }
        instances:
          game1: { address: 127.%1$d.1.1, peers: { game2: 127.%1$d.1.2 } }
          game2: { address: 127.%1$d.2.2, peers: { game1: 127.%1$d.2.1 } }
        """
                .formatted(network);
    }

    private Outcome run(StackSettings settings)
            throws IOException, InterruptedException, LaunchRefusedException, StackFailedException {
        Launcher launcher = Launcher.here();
        Path lock = Files.createDirectories(launcher.cache(settings)).resolve("training.lock");
        try (FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            @Nullable FileLock held = channel.tryLock();
            if (held == null) {
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
                publish(cache);
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

    /** Those of other builds are of no use any more. */
    private static void publish(AotCache cache) throws IOException {
        Path layout = requireNonNull(cache.file().getParent());
        String name = requireNonNull(layout.getFileName()).toString();
        String module = name.substring(0, name.lastIndexOf('-'));
        Path all = requireNonNull(layout.getParent());
        try (DirectoryStream<Path> builds = Files.newDirectoryStream(all, module + "-*")) {
            for (Path build : builds) {
                removeCaches(build);
            }
        }
        Files.move(cache.written(), cache.file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void removeCaches(Path build) throws IOException {
        try (DirectoryStream<Path> caches = Files.newDirectoryStream(build, "*.aot")) {
            for (Path cache : caches) {
                Files.deleteIfExists(cache);
            }
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
