package kontor.launcher.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import kontor.launcher.plan.PortChoice;
import kontor.launcher.plan.PortClaim;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.Readiness;
import kontor.launcher.plan.Role;
import kontor.launcher.plan.StackPlan;
import kontor.launcher.plan.StopSignal;
import kontor.launcher.plan.Transport;
import kontor.launcher.ports.FreePorts;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.ProcessIdentity;
import kontor.launcher.supervision.StackPhase;
import kontor.launcher.supervision.SupervisionSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the JDK's own little web server as the process. */
final class SupervisorIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private Path directory;
    private final FreePorts free = new FreePorts();

    @Test
    void aProcessIsStartedKilledAndStartedAgain() throws InterruptedException {
        try (Supervisor supervisor = supervisor(webServer("one", List.of()))) {
            supervisor.start();
            assertThat(supervisor.await(now -> now.phase() == StackPhase.READY, PATIENCE)).isTrue();
            ProcessIdentity first = identity(supervisor, "one");
            assertThat(ProcessTable.alive(first)).isTrue();
            assertThat(ProcessHandle.of(first.pid()).flatMap(ProcessHandle::parent))
                    .contains(ProcessHandle.current());

            supervisor.kill("one");
            assertThat(supervisor.await(now -> phase(now, "one") == Phase.DIED, PATIENCE)).isTrue();
            assertThat(ProcessTable.alive(first)).isFalse();
            assertThat(supervisor.snapshot().process("one").exitCode()).isEqualTo(137);

            supervisor.start("one");
            assertThat(supervisor.await(now -> phase(now, "one") == Phase.READY, PATIENCE))
                    .isTrue();
            assertThat(identity(supervisor, "one")).isNotEqualTo(first);
        }
    }

    @Test
    void closingLeavesNothingBehind() throws InterruptedException {
        Supervisor supervisor =
                supervisor(webServer("one", List.of()), webServer("two", List.of("one")));
        List<ProcessIdentity> processes;
        try (supervisor) {
            supervisor.start();
            assertThat(supervisor.await(now -> now.phase() == StackPhase.READY, PATIENCE)).isTrue();
            processes = List.of(identity(supervisor, "one"), identity(supervisor, "two"));
        }

        assertThat(processes).noneMatch(ProcessTable::alive);
        assertThat(supervisor.snapshot().phase()).isEqualTo(StackPhase.STOPPED);
    }

    @Test
    void whatAProcessWritesIsInItsLog() throws InterruptedException, IOException {
        try (Supervisor supervisor = supervisor(webServer("one", List.of()))) {
            supervisor.start();
            assertThat(supervisor.await(now -> now.phase() == StackPhase.READY, PATIENCE)).isTrue();
        }

        assertThat(Files.readString(directory.resolve("one.log"))).contains("Serving");
    }

    @Test
    void aProgramThatIsNotThereIsDeadWithTheReason() throws InterruptedException {
        ProcessSpec broken = spec("one", List.of(), List.of("/no/such/program"), 1);
        try (Supervisor supervisor = supervisor(broken)) {
            supervisor.start();

            assertThat(supervisor.await(now -> phase(now, "one") == Phase.DIED, PATIENCE)).isTrue();
        }
    }

    @Test
    void whoOnlyWatchesStepsBackOnceItIsReadyAndNotWhileItStarts() throws InterruptedException {
        ProcessSpec server = webServer("one", List.of());
        List<Integer> whileStarting = new CopyOnWriteArrayList<>();
        AtomicReference<Supervisor> asked = new AtomicReference<>();
        Probe http = new HttpProbe(((Readiness.Http) server.readiness()).address());
        Probe witness =
                () -> {
                    Probe.Answer answer = http.ask();
                    ProcessIdentity identity =
                            requireNonNull(asked.get()).snapshot().process("one").identity();
                    if (identity == null) {
                        return new Probe.Answer.NotYet("not seen yet");
                    }
                    whileStarting.add(ProcessTable.niceness(identity.pid()));
                    return answer;
                };
        int own = ProcessTable.niceness(ProcessHandle.current().pid());

        try (Supervisor supervisor = supervisor(_ -> witness, server)) {
            asked.set(supervisor);
            supervisor.start();
            assertThat(supervisor.await(now -> now.phase() == StackPhase.READY, PATIENCE)).isTrue();

            assertThat(whileStarting).isNotEmpty().containsOnly(own);
            assertThat(ProcessTable.niceness(identity(supervisor, "one").pid()))
                    .isEqualTo(Math.max(own, Role.SERVICE.niceness()));
        }
    }

    /** Where the kernel has no such groups, all of them have 0. */
    @Test
    void whatStartsBesideAnotherStepsBackMeanwhile() throws IOException, InterruptedException {
        int own = ProcessTable.groupNiceness();
        Share leader = new Share(own, Role.ORCHESTRATOR, false);
        Share standby = new Share(own, Role.ORCHESTRATOR, true);
        boolean hasGroups = Files.isWritable(Path.of("/proc/self/autogroup"));
        ProcessSpec sleeper = spec("one", List.of(), List.of("/bin/sleep", "60"), 1);
        Process process =
                ChildProcess.start(
                        sleeper, Map.of(), directory.resolve("one.log"), standby.whileStarting());
        try {
            assertThat(leader.whileStarting()).isEqualTo(own);
            awaitGroupNiceness(process, hasGroups ? Math.max(own, Role.ADAPTER.niceness()) : own);
            standby.settle(process.pid());
            assertThat(ProcessTable.groupNiceness(process.pid())).isEqualTo(own);
        } finally {
            process.destroyForcibly();
        }
    }

    /** It steps back by itself, a moment after it was started. */
    private static void awaitGroupNiceness(Process process, int niceness) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ProcessTable.groupNiceness(process.pid()) == niceness);
    }

    private Supervisor supervisor(ProcessSpec... specs) {
        return supervisor(
                readiness ->
                        readiness instanceof Readiness.Http(URI address)
                                ? new HttpProbe(address)
                                : () -> new Probe.Answer.Ready(List.of()),
                specs);
    }

    private Supervisor supervisor(Function<Readiness, Probe> probes, ProcessSpec... specs) {
        return new Supervisor(
                new StackPlan(PortChoice.free().resolve(1, free), List.of(specs), List.of()),
                SupervisionSettings.usual(2),
                (preparation, log) -> {},
                probes,
                name -> directory.resolve(name + ".log"),
                new SupervisorListener() {
                    @Override
                    public void onEnded(String name, String processId) {}

                    @Override
                    public void onChange(Supervisor.Snapshot snapshot) {}

                    @Override
                    public void onReport(String text) {}
                });
    }

    private ProcessSpec webServer(String name, List<String> after) {
        int port = free.getAsInt();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-m", "jdk.httpserver", "-b", "127.0.0.1"));
        command.addAll(List.of("-p", Integer.toString(port), "-d", directory.toString()));
        return spec(name, after, command, port);
    }

    private static ProcessSpec spec(
            String name, List<String> after, List<String> command, int port) {
        return new ProcessSpec(
                name,
                name,
                Role.SERVICE,
                command,
                Map.of(),
                after,
                List.of(
                        new PortClaim(
                                name, Transport.TCP, InetAddress.getLoopbackAddress(), port, "")),
                new Readiness.Http(URI.create("http://127.0.0.1:%d/".formatted(port))),
                List.of(),
                StopSignal.TERM,
                1,
                null);
    }

    private static Phase phase(Supervisor.Snapshot now, String name) {
        return now.process(name).phase();
    }

    private static ProcessIdentity identity(Supervisor supervisor, String name) {
        ProcessIdentity identity = supervisor.snapshot().process(name).identity();
        assertThat(identity).isNotNull();
        return requireNonNull(identity);
    }
}
