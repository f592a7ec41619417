package kontor.launcher.training;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import kontor.launcher.plan.AotCache;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.Role;
import kontor.launcher.process.PreparationException;
import kontor.launcher.stack.LaunchRefusedException;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.StackSettings;

/**
 * The small form of a {@link Training}, for a build: every program whose cache is missing is
 * started once by itself, up to the point where it would go out to the others, and writes what it
 * has loaded till then. Needs no broker, no database and no games.
 */
public final class Rehearsal {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 100;

    /** A service of ours ends when its application is complete and nothing of it has begun. */
    private static final String END_WHEN_COMPLETE = "-Dspring.context.exit=onRefresh";

    private final List<String> javaOptions;

    /**
     * @param javaOptions as those of the stacks that shall start from the caches
     */
    public Rehearsal(List<String> javaOptions) {
        this.javaOptions = javaOptions;
    }

    /**
     * Blocks until all are written, as many at a time as there are processors.
     *
     * @return names of the programs that have written one now; none where another is at it
     * @throws IOException if one did not write its cache; the others have
     */
    public List<String> run() throws IOException, InterruptedException, LaunchRefusedException {
        Launcher launcher = Launcher.here();
        try (TrainingGround ground = TrainingGround.make();
                ExecutorService stages =
                        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            StackSettings settings = ground.settings(javaOptions, PATIENCE);
            try (CacheShelf shelf = CacheShelf.take(launcher.cache(settings)).orElse(null)) {
                if (shelf == null) {
                    return List.of();
                }
                List<ProcessSpec> missing =
                        launcher.programs(settings).stream().filter(Rehearsal::isMissing).toList();
                List<Future<?>> running = new ArrayList<>();
                for (ProcessSpec program : missing) {
                    Path log = ground.directory().resolve(program.name() + ".log");
                    running.add(
                            stages.submit(() -> {
                                launcher.prepare(settings, program, log);
                                rehearse(program, log);
                                return null;
                            }));
                }
                for (Future<?> one : running) {
                    await(one);
                }
                return missing.stream().map(ProcessSpec::name).toList();
            }
        }
    }

    private static boolean isMissing(ProcessSpec program) {
        AotCache cache = requireNonNull(program.aotCache());
        return !Files.exists(cache.file()) && !Files.exists(cache.ofStart());
    }

    private static void await(Future<?> one) throws IOException, InterruptedException {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private static void rehearse(ProcessSpec program, Path log)
            throws IOException, InterruptedException, PreparationException {
        AotCache cache = requireNonNull(program.aotCache());
        List<String> words = new ArrayList<>(program.command());
        words.addAll(1, List.of(cache.writeOption(), END_WHEN_COMPLETE));
        words.addAll(1, cache.untrained());
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(program.environment());
        Process process = builder.start();
        try {
            if (program.role() == Role.BROKER) {
                // Not of ours: it goes on until it is asked to stop.
                awaitListening(process, program.port().orElseThrow());
                process.destroy();
            }
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    || !Files.exists(cache.written())) {
                throw new PreparationException(
                        "%s wrote no cache: %s".formatted(program.name(), lastLine(log)));
            }
        } finally {
            process.destroyForcibly();
        }
        CacheShelf.publish(cache.written(), cache.ofStart());
    }

    private static void awaitListening(Process process, int port) throws InterruptedException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        while (process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(address);
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }
}
