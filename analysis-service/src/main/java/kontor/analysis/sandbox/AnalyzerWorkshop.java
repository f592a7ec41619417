package kontor.analysis.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kontor.analysis.user.Outcome;
import kontor.analysis.user.SeenMessage;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.workshop.AnalyzerStatus;
import kontor.analysis.workshop.Input;
import kontor.analysis.workshop.Problem;
import kontor.analysis.workshop.Step;
import kontor.analysis.workshop.Workshop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Carries out what the {@link Workshop} decides, in one thread, {@code kontor-analyzers-1}: watches
 * the directory, compiles, tries on samples, and puts versions into use. The reader of the log
 * never waits for it.
 */
public final class AnalyzerWorkshop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerWorkshop.class);

    private static final Duration STOP = Duration.ofSeconds(2);

    /** A trial ends early if nothing else has come of it. */
    private static final int ENOUGH_FAILURES = 20;

    private final AnalyzersDirectory directory;
    private final Duration pause;
    private final LoadedAnalyzers loaded;
    private final AnalyzerLoader loader;
    private final Workshop workshop = new Workshop();
    private final Map<String, UserAnalyzer> candidates = new HashMap<>();
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;
    private boolean isUnreadable;

    /**
     * @param pause between two looks into the directory
     * @param loader closed when this stops
     */
    public AnalyzerWorkshop(
            Path directory, Duration pause, LoadedAnalyzers loaded, AnalyzerLoader loader) {
        this.directory = new AnalyzersDirectory(directory, loader);
        this.pause = pause;
        this.loaded = loaded;
        this.loader = loader;
        LOG.info("watching {} for analyzers", directory.toAbsolutePath());
    }

    @Override
    public synchronized void start() {
        stopping = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("kontor-analyzers-1").daemon().start(this::run);
    }

    @Override
    public synchronized void stop() {
        stopping.countDown();
        Thread running = thread;
        thread = null;
        try {
            if (running != null && !running.join(STOP)) {
                LOG.warn("an analyzer is still being compiled; not waiting for it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loader.close();
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            do {
                look();
            } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks into the directory once and carries out all that follows. Not for two threads. */
    void look() {
        try {
            for (Input change : directory.changes()) {
                note(change);
                take(change);
            }
            isUnreadable = false;
            loaded.complete();
        } catch (IOException e) {
            if (!isUnreadable) {
                LOG.warn("cannot read the analyzers' directory; what is loaded stays in use", e);
                isUnreadable = true;
            }
        }
        for (Input next = loaded.nextInput(); next != null; next = loaded.nextInput()) {
            take(next);
        }
    }

    private void note(Input change) {
        switch (change) {
            case Input.FileChanged changed -> loaded.fileHolds(changed.name(), changed.version());
            case Input.FileRemoved(String name) -> loaded.fileHolds(name, "");
            case Input.Compiled _, Input.Trialled _, Input.Failed _, Input.Suspended _ -> {}
        }
    }

    private void take(Input first) {
        try {
            follow(first);
        } catch (RuntimeException e) {
            LOG.error("unexpected error at analyzer {} (bug); the others go on", first.name(), e);
        }
    }

    private void follow(Input first) {
        Deque<Input> inputs = new ArrayDeque<>(List.of(first));
        while (!inputs.isEmpty()) {
            for (Step step : workshop.on(inputs.removeFirst())) {
                Input answer = carryOut(step);
                if (answer != null) {
                    inputs.addLast(answer);
                }
            }
        }
    }

    /** Returns the workshop's next input; null if there is none. */
    private @Nullable Input carryOut(Step step) {
        return switch (step) {
            case Step.Compile compile -> compile(compile);
            case Step.Try(String name, String version) -> tryOut(name, version);
            case Step.Swap(String name, String version) -> {
                UserAnalyzer candidate = candidates.remove(key(name, version));
                if (candidate != null) {
                    loaded.use(candidate);
                    LOG.info("analyzer {}@{} is in use", name, version);
                }
                yield null;
            }
            case Step.Retire(String name) -> {
                loaded.retire(name);
                LOG.info("analyzer {} is no longer in use", name);
                yield null;
            }
            case Step.Discard(String name, String version) -> {
                candidates.remove(key(name, version));
                yield null;
            }
            case Step.Tell(AnalyzerStatus status) -> {
                loaded.tell(status);
                log(status);
                yield null;
            }
        };
    }

    private static void log(AnalyzerStatus status) {
        for (Problem problem : status.problems()) {
            LOG.warn(
                    "{}:{}:{}: {}; {}",
                    status.file(),
                    problem.line(),
                    problem.column(),
                    problem.message(),
                    status.version().isEmpty()
                            ? "no version is in use"
                            : "version " + status.version() + " stays in use");
        }
    }

    private Input compile(Step.Compile wanted) {
        SandboxedAnalyzer.Loaded result =
                loader.load(new UserAnalyzer.Source(wanted.file(), wanted.source()));
        return switch (result) {
            case SandboxedAnalyzer.Loaded.Ready(UserAnalyzer analyzer) -> {
                candidates.put(key(wanted.name(), wanted.version()), analyzer);
                yield new Input.Compiled(wanted.name(), wanted.version());
            }
            case SandboxedAnalyzer.Loaded.Refused(List<Problem> problems) ->
                    new Input.Failed(wanted.name(), wanted.version(), problems);
        };
    }

    /** A version fails its trial if it fails on every message of the sample that it wants. */
    private Input tryOut(String name, String version) {
        UserAnalyzer candidate = candidates.get(key(name, version));
        if (candidate == null) {
            return new Input.Failed(name, version, List.of(Problem.of("was not compiled")));
        }
        int wanted = 0;
        int failed = 0;
        Problem problem = Problem.of("");
        for (SeenMessage message : loaded.samples().all()) {
            switch (candidate.on(message)) {
                case Outcome.Nothing _ -> {}
                case Outcome.Found _ -> wanted++;
                case Outcome.Failed(_, String why) -> {
                    wanted++;
                    failed++;
                    problem = Problem.of(why);
                }
                case Outcome.Unfit(_, String why, long line, long column) -> {
                    wanted++;
                    failed++;
                    problem = new Problem(line, column, why);
                }
            }
            if (failed == ENOUGH_FAILURES && failed == wanted) {
                break;
            }
        }
        return failed > 0 && failed == wanted
                ? new Input.Failed(
                        name,
                        version,
                        List.of(
                                new Problem(
                                        problem.line(),
                                        problem.column(),
                                        "failed on all %d messages tried: %s"
                                                .formatted(wanted, problem.message()))))
                : new Input.Trialled(name, version);
    }

    private static String key(String name, String version) {
        return name + "@" + version;
    }
}
