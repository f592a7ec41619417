package kontor.launcher.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.Readiness;
import kontor.launcher.plan.StackPlan;
import kontor.launcher.supervision.Effect;
import kontor.launcher.supervision.Input;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.ProcessIdentity;
import kontor.launcher.supervision.ProcessState;
import kontor.launcher.supervision.ReloadNews;
import kontor.launcher.supervision.StackPhase;
import kontor.launcher.supervision.Standing;
import kontor.launcher.supervision.Supervision;
import kontor.launcher.supervision.SupervisionSettings;
import kontor.topics.ServiceLife;

/**
 * The parent of all processes of a stack: carries out what {@link Supervision} decides and tells it
 * what happens. One thread decides; preparing, starting and asking for readiness have a thread per
 * process that is starting, and the share of a database's children has one.
 *
 * <p>Ends with its processes: {@link #close} stops them all and waits.
 */
public final class Supervisor implements AutoCloseable {

    /** A few inputs per process and change: more are a bug, and their sender waits. */
    private static final int MOST_INPUTS = 1_024;

    /** Has an orchestrator wait until it is handed the log, or its owner is gone. */
    private static final String STANDBY_VARIABLE = "KONTOR_STANDBY";

    private static final long TICK_MILLIS = 100;
    private static final long PROBE_PAUSE_MILLIS = 100;

    private final StackPlan plan;
    private final Supervision supervision;
    private final Preparer preparer;
    private final Function<Readiness, Probe> probes;
    private final Function<String, Path> logs;
    private final SupervisorListener listener;
    private final BlockingQueue<Input> inputs = new ArrayBlockingQueue<>(MOST_INPUTS);
    private final Map<LifeKey, Life> lives = new ConcurrentHashMap<>();
    private final ExecutorService starters =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("kontor-starter-", 1).factory());
    private final Thread thread = new Thread(this::supervise, "kontor-supervisor-1");
    private final Object changed = new Object();
    private volatile Snapshot snapshot;

    /** All states at one moment. */
    public record Snapshot(StackPhase phase, List<ProcessState> processes) {

        public Snapshot {
            processes = List.copyOf(processes);
        }

        /**
         * The one in charge.
         *
         * @throws IllegalArgumentException if there is no such process
         */
        public ProcessState process(String name) {
            return processes.stream()
                    .filter(process -> process.name().equals(name))
                    .filter(process -> process.standing() == Standing.IN_CHARGE)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no process " + name));
        }
    }

    private record LifeKey(String name, int life) {}

    private record Life(ProcessSpec spec, Process process) {}

    /**
     * @param logs where the output of the process of a name goes
     * @param listener called by the supervisor's thread
     */
    public Supervisor(
            StackPlan plan,
            SupervisionSettings settings,
            Preparer preparer,
            Function<Readiness, Probe> probes,
            Function<String, Path> logs,
            SupervisorListener listener) {
        this.plan = plan;
        this.supervision = new Supervision(plan, settings, System.nanoTime());
        this.preparer = preparer;
        this.probes = probes;
        this.logs = logs;
        this.listener = listener;
        this.snapshot = new Snapshot(supervision.phase(), supervision.processes());
    }

    /** Returns at once. */
    public void start() {
        thread.start();
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /** Starts a process that has ended; {@link #await} tells when it is ready. */
    public void start(String name) throws InterruptedException {
        tell(new Input.Start(plan.process(name).name()));
    }

    /** Asks a process to end. */
    public void stop(String name) throws InterruptedException {
        tell(new Input.Stop(plan.process(name).name()));
    }

    /** SIGKILL. */
    public void kill(String name) throws InterruptedException {
        tell(new Input.Kill(plan.process(name).name()));
    }

    /**
     * A reload has entered a phase.
     *
     * @param renewed what a process that is started now is to be like
     */
    public void hear(ReloadNews news, ProcessSpec renewed) throws InterruptedException {
        tell(new Input.ReloadHeard(news, renewed));
    }

    /** The current build, on the same ports. */
    public void hearPlan(StackPlan renewed) throws InterruptedException {
        tell(new Input.Replanned(renewed));
    }

    /** A life of an orchestrator says that it owns the log. */
    public void hearOwner(String processId, long epoch) throws InterruptedException {
        tell(new Input.OwnerHeard(processId, epoch));
    }

    /** Asks all to end; {@link #close} waits for it. */
    public void stopAll() throws InterruptedException {
        tell(new Input.StopAll());
    }

    private void tell(Input input) throws InterruptedException {
        inputs.put(input);
    }

    /**
     * Blocks until the snapshot is as wanted.
     *
     * @return whether it was so in time
     */
    public boolean await(Predicate<Snapshot> wanted, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (changed) {
            while (!wanted.test(snapshot)) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (leftMillis <= 0) {
                    return false;
                }
                changed.wait(leftMillis);
            }
            return true;
        }
    }

    /** Stops everything that runs and returns when all is gone; bounded by the roles' patience. */
    @Override
    public void close() {
        try {
            if (thread.isAlive()) {
                stopAll();
                thread.join();
            }
        } catch (InterruptedException e) {
            // No time for an orderly stop: all processes are killed, none is left behind.
            lives.values().forEach(life -> life.process().destroyForcibly());
            Thread.currentThread().interrupt();
        } finally {
            starters.shutdownNow();
        }
    }

    private void supervise() {
        Input input = new Input.Tick();
        try {
            while (supervision.phase() != StackPhase.STOPPED) {
                supervision.on(input, System.nanoTime()).forEach(this::perform);
                publish();
                Input next = inputs.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                input = next == null ? new Input.Tick() : next;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish() {
        Snapshot next = new Snapshot(supervision.phase(), supervision.processes());
        if (!next.equals(snapshot)) {
            listener.onChange(next);
            synchronized (changed) {
                snapshot = next;
                changed.notifyAll();
            }
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Launch(ProcessSpec spec, int life, boolean standby) ->
                    starters.execute(() -> launch(spec, life, standby));
            case Effect.Terminate(String name, int number) ->
                    life(name, number).ifPresent(Supervisor::terminate);
            case Effect.Kill(String name, int number) ->
                    life(name, number).ifPresent(life -> life.process().destroyForcibly());
            case Effect.TellEnded(String name, String processId) ->
                    listener.onEnded(name, processId);
            case Effect.Report(String text) -> listener.onReport(text);
        }
    }

    private static void terminate(Life life) {
        if (life.process().isAlive()) {
            Signals.send(life.spec().stopSignal(), life.process().pid());
        }
    }

    private Optional<Life> life(String name, int number) {
        return Optional.ofNullable(lives.get(new LifeKey(name, number)));
    }

    private void launch(ProcessSpec spec, int number, boolean standby) {
        try {
            Path log = logs.apply(spec.log());
            for (var preparation : spec.preparations()) {
                preparer.prepare(preparation, log);
            }
            Optional<Path> cache = ChildProcess.cacheToRead(spec);
            String processId = UUID.randomUUID().toString();
            Share share = new Share(ProcessTable.groupNiceness(), spec.role(), standby);
            Process process =
                    ChildProcess.start(
                            spec,
                            Map.of(
                                    ServiceLife.PROCESS_ID_VARIABLE,
                                    processId,
                                    STANDBY_VARIABLE,
                                    Boolean.toString(standby)),
                            log,
                            share.whileStarting());
            lives.put(new LifeKey(spec.name(), number), new Life(spec, process));
            Optional<ProcessIdentity> identity = ProcessTable.identify(process.pid());
            // A process that exited at once has no identity any more, but it has an exit code.
            tell(
                    new Input.Launched(
                            spec.name(),
                            number,
                            identity.orElse(new ProcessIdentity(process.pid(), 0)),
                            processId));
            var _ =
                    process.onExit()
                            .thenAcceptAsync(ended -> onExit(spec, number, ended), starters);
            awaitReadiness(spec, number, process, share);
            if (cache.isPresent() && process.isAlive()) {
                verifyCache(spec, cache.get(), process);
            }
            share.keep(process);
        } catch (IOException | PreparationException e) {
            listener.onReport(spec.name() + ": " + e);
            offer(
                    new Input.LaunchFailed(
                            spec.name(), number, requireNonNull(String.valueOf(e.getMessage()))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A JVM refuses a cache that does not fit without a word, and starts slowly. */
    private void verifyCache(ProcessSpec spec, Path file, Process process) throws IOException {
        if (ProcessTable.livesWithout(file, process.pid())) {
            listener.onReport(
                    ("%s did not start from its AOT cache; the JVM rejected %s, which has been"
                                    + " deleted")
                            .formatted(spec.name(), file));
            Files.deleteIfExists(file);
        }
    }

    private void awaitReadiness(ProcessSpec spec, int number, Process process, Share share)
            throws InterruptedException {
        Probe probe = probes.apply(spec.readiness());
        while (process.isAlive()) {
            if (probe.ask() instanceof Probe.Answer.Ready(List<String> warnings)) {
                share.settle(process.pid());
                tell(new Input.BecameReady(spec.name(), number, warnings));
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PROBE_PAUSE_MILLIS);
            if (isStopping(spec.name(), number)) {
                return;
            }
        }
    }

    private boolean isStopping(String name, int number) {
        return snapshot.processes().stream()
                .filter(state -> state.name().equals(name) && state.life() == number)
                .anyMatch(state -> state.phase() == Phase.STOPPING);
    }

    private void onExit(ProcessSpec spec, int number, Process ended) {
        lives.remove(new LifeKey(spec.name(), number));
        offer(new Input.Exited(spec.name(), number, ended.exitValue()));
    }

    private void offer(Input input) {
        try {
            tell(input);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
