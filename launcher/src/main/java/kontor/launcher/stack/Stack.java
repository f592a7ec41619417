package kontor.launcher.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.launcher.control.ControlWatch;
import kontor.launcher.control.ControlWord;
import kontor.launcher.control.ReloadListener;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.plan.AotCache;
import kontor.launcher.plan.StackPlan;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.process.Probe;
import kontor.launcher.process.Signals;
import kontor.launcher.process.Supervisor;
import kontor.launcher.process.SupervisorListener;
import kontor.launcher.snapshots.SnapshotDesk;
import kontor.launcher.snapshots.SnapshotWish;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.ProcessState;
import kontor.launcher.supervision.ReloadNews;
import kontor.launcher.supervision.StackPhase;
import kontor.launcher.supervision.SupervisionSettings;

/**
 * A stack that this process started and is the parent of. All methods may be called by any thread;
 * those that wait say so.
 *
 * <p>{@link #close} stops all processes in good order, waits until they are gone, and removes the
 * games' network namespaces.
 */
public final class Stack implements AutoCloseable {

    /** More than any role's patience, so that the supervisor's own bound strikes first. */
    private static final Duration GONE_TIMEOUT = Duration.ofSeconds(30);

    /** Writing an AOT cache takes ten seconds of an idle processor, and this one is never idle. */
    private static final int TRAINING_PATIENCE = 60;

    private static final Duration BETWEEN_KILLS = Duration.ofMillis(100);
    private static final long PROBE_PAUSE_MILLIS = 100;

    private final Lab lab;
    private final StackSettings settings;
    private final DataDirectory data;
    private final DataDirectory.Lock lock;
    private final MachineNetworks networks;
    private final StackPlan plan;
    private final Replanner replanner;
    private final ControlWatch control;
    private final ControlWord word;
    private final SnapshotDesk snapshots;
    private final StackScreens screens;
    private final Consumer<StackState> listener;
    private final SupervisorLog log;
    private final StackDescription description;
    private final Supervisor supervisor;
    private volatile StackState state;

    Stack(
            Lab lab,
            StackSettings settings,
            DataDirectory data,
            DataDirectory.Lock lock,
            MachineNetworks networks,
            StackPlan plan,
            Replanner replanner,
            StackPreparer preparer,
            Consumer<StackState> listener)
            throws IOException {
        this.lab = lab;
        this.settings = settings;
        this.data = data;
        this.lock = lock;
        this.networks = networks;
        this.plan = plan;
        this.replanner = replanner;
        this.listener = listener;
        this.log = new SupervisorLog(data);
        this.description = new StackDescription(lab, settings, data, plan.ports());
        this.word = new ControlWord(StackPlanner.kafkaServers(plan.ports()), log);
        this.supervisor =
                new Supervisor(
                        plan,
                        SupervisionSettings.usual(Runtime.getRuntime().availableProcessors())
                                .withStartTimeout(settings.startTimeout())
                                .withRestartPolicy(settings.restartPolicy())
                                .withStandby(settings.standby())
                                .withStopPatience(settings.training() ? TRAINING_PATIENCE : 1),
                        preparer,
                        Probes::of,
                        data::log,
                        new Publisher());
        this.state = description.of(supervisor.snapshot());
        data.writeState(state);
        this.snapshots =
                StackSnapshots.desk(lab, data, networks, settings.entrance(), page(), word, log);
        this.screens = StackScreens.of(lab, settings.apart(), log);
        this.control = new ControlWatch(state.kafkaServers(), state.lab(), new ReloadFollower());
        supervisor.start();
        control.start();
    }

    /** Plans the stack again on the same ports, from what is built at that moment. */
    @FunctionalInterface
    interface Replanner {
        StackPlan plan() throws IOException, LaunchRefusedException;
    }

    /** As of the last change. */
    public StackState state() {
        return state;
    }

    public Lab lab() {
        return lab;
    }

    public StackPlan plan() {
        return plan;
    }

    /** The address of page and API, ending with a slash. */
    public URI page() {
        return URI.create(state.page());
    }

    public String kafkaServers() {
        return state.kafkaServers();
    }

    public String postgresUrl() {
        return state.postgresUrl();
    }

    /** Those that its JVMs start from, or write. */
    public List<AotCache> aotCaches() {
        return plan.processes().stream()
                .flatMap(process -> Stream.ofNullable(process.aotCache()))
                .distinct()
                .toList();
    }

    /** Where the output of a process goes. */
    public Path log(String name) {
        return data.log(supervisor.snapshot().process(name).spec().log());
    }

    /**
     * Waits until all processes are ready.
     *
     * @throws StackFailedException if one dies instead, or is not ready in time
     */
    public void awaitReady() throws InterruptedException, StackFailedException {
        // The bound is the supervisor's, for each process.
        supervisor.await(
                now -> now.phase() != StackPhase.STARTING,
                settings.startTimeout().multipliedBy(plan.processes().size()));
        if (state.phase() != StackPhase.READY) {
            throw new StackFailedException(
                    state.processes().stream()
                            .filter(process -> process.phase() == Phase.DIED)
                            .findFirst()
                            .map(Stack::failure)
                            .orElse("the stack is " + state.phase()));
        }
    }

    /**
     * Waits until a process is ready.
     *
     * @throws StackFailedException if it dies instead, or is not ready in time
     */
    public void awaitReady(String name) throws InterruptedException, StackFailedException {
        plan.process(name);
        supervisor.await(
                now -> isOneOf(now, name, Phase.READY, Phase.DIED),
                settings.startTimeout().multipliedBy(2));
        StackState.Entry entry = state.process(name).orElseThrow();
        if (entry.phase() != Phase.READY) {
            throw new StackFailedException(failure(entry));
        }
    }

    /** SIGKILL; waits until it is gone. The others go on, and it stays away until started. */
    public void kill(String name) throws InterruptedException {
        supervisor.kill(name);
        awaitGone(name);
    }

    /** Asks a process to end, kills it if it does not; waits until it is gone. */
    public void stop(String name) throws InterruptedException {
        supervisor.stop(name);
        awaitGone(name);
    }

    /**
     * Starts a process unless it is there; waits until it is ready.
     *
     * @throws StackFailedException if it dies instead, or is not ready in time
     */
    public void start(String name) throws InterruptedException, StackFailedException {
        if (supervisor.snapshot().process(name).phase().live()) {
            awaitReady(name);
            return;
        }
        int before = supervisor.snapshot().process(name).life();
        supervisor.start(name);
        supervisor.await(now -> now.process(name).life() > before, settings.startTimeout());
        awaitReady(name);
    }

    /** Stops and starts a process; waits until it is ready. */
    public void restart(String name) throws InterruptedException, StackFailedException {
        stop(name);
        start(name);
    }

    /**
     * SIGSTOP to a process and its children: it keeps its connections and answers nobody.
     *
     * @throws IllegalStateException if it is not there
     */
    public void suspend(String name) {
        Signals.suspend(pid(name));
    }

    /**
     * SIGCONT; waits until the process answers again as one that is ready.
     *
     * @throws IllegalStateException if it is not there
     * @throws StackFailedException if it does not answer in time
     */
    public void resume(String name) throws InterruptedException, StackFailedException {
        Signals.resume(pid(name));
        Probe probe = Probes.of(supervisor.snapshot().process(name).spec().readiness());
        long deadline = System.nanoTime() + settings.startTimeout().toNanos();
        while (probe.ask() instanceof Probe.Answer.NotYet(String reason)) {
            if (System.nanoTime() > deadline) {
                throw new StackFailedException(
                        "%s was resumed and %s. Its log: %s".formatted(name, reason, log(name)));
            }
            TimeUnit.MILLISECONDS.sleep(PROBE_PAUSE_MILLIS);
        }
    }

    private long pid(String name) {
        ProcessState process = supervisor.snapshot().process(name);
        if (!process.phase().live() || process.identity() == null) {
            throw new IllegalStateException(name + " is " + process.phase());
        }
        return process.identity().pid();
    }

    private void awaitGone(String name) throws InterruptedException {
        if (!supervisor.await(now -> isOneOf(now, name, Phase.STOPPED, Phase.DIED), GONE_TIMEOUT)) {
            throw new IllegalStateException(name + " did not exit even after SIGKILL");
        }
    }

    private static boolean isOneOf(Supervisor.Snapshot now, String name, Phase... phases) {
        return List.of(phases).contains(now.process(name).phase());
    }

    /** Waits until everything has ended, by whatever cause. */
    public void awaitStopped() throws InterruptedException {
        while (!supervisor.await(now -> now.phase() == StackPhase.STOPPED, Duration.ofHours(1))) {
            // For as long as it takes.
        }
    }

    /** Ends everything as a power cut would; waits until it is gone. */
    public void abort() throws InterruptedException {
        supervisor.stopAll();
        while (!supervisor.await(now -> now.phase() == StackPhase.STOPPED, BETWEEN_KILLS)) {
            for (String name : plan.names()) {
                supervisor.kill(name);
            }
        }
    }

    @Override
    public void close() throws IOException {
        control.close();
        snapshots.close();
        screens.close();
        word.close();
        supervisor.close();
        data.removeState();
        try (lock) {
            networks.remove();
        }
    }

    private static String failure(StackState.Entry entry) {
        return "%s did not become ready: %s. Its log: %s"
                .formatted(
                        entry.name(),
                        entry.note() == null ? "is " + entry.phase() : entry.note(),
                        entry.log());
    }

    /** Has the supervisor follow reloads, and the desk snapshots. */
    private final class ReloadFollower implements ReloadListener {

        /** The word is: an owner has spoken, so broker and topics are there. */
        private boolean prepared;

        @Override
        public void onReload(ReloadNews news) throws InterruptedException {
            boolean ours = plan.names().contains(news.process());
            if (ours) {
                StackPlan renewed = renewed();
                supervisor.hearPlan(renewed);
                ProcessState present = supervisor.snapshot().process(news.process());
                supervisor.hear(news, renewed.following(present.spec()));
            }
        }

        @Override
        public void onOwner(String processId, long epoch) throws InterruptedException {
            if (settings.standby() && !prepared) {
                prepared = true;
                word.prepare();
            }
            snapshots.start();
            supervisor.hearOwner(processId, epoch);
        }

        @Override
        public void onSnapshot(SnapshotWish wish) {
            snapshots.onWish(wish);
        }

        private StackPlan renewed() {
            try {
                return replanner.plan();
            } catch (IOException | LaunchRefusedException e) {
                log.accept("could not read the current build: " + e.getMessage());
                return plan;
            }
        }
    }

    /** Keeps the state file as things are. */
    private final class Publisher implements SupervisorListener {

        @Override
        public void onChange(Supervisor.Snapshot snapshot) {
            state = description.of(snapshot);
            try {
                data.writeState(state);
            } catch (IOException e) {
                onReport("could not write the state file: " + e);
            }
            listener.accept(state);
        }

        @Override
        public void onEnded(String name, String processId) {
            StackPlanner.serviceOf(name).ifPresent(service -> word.ended(service, processId));
        }

        @Override
        public void onReport(String text) {
            log.accept(text);
        }
    }
}
