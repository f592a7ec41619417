package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.process.BusyLoops;
import kontor.launcher.process.Signals;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackSettings;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.RestartPolicy;
import kontor.launcher.supervision.Standing;
import kontor.players.bench.Interruption;
import kontor.players.bench.InterruptionBench;
import kontor.players.bench.InterruptionBenchReport;
import kontor.players.bench.InterruptionBenchSettings;
import kontor.players.report.Progress;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Games that give a peer up after 15 s of silence, as OpenTTD does, on a machine with something
 * else to do: each process but the adapters, which carry the games' connections, is killed once.
 */
@Timeout(900)
final class KillsOnABusyMachineE2E {

    private static final Duration GIVES_UP = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BUSY = 2;
    private static final int FIRST_NETWORK = 76;

    private static final InterruptionBenchSettings SETTINGS =
            new InterruptionBenchSettings(
                    20,
                    200,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    2398);

    @TempDir private Path directory;

    @Test
    void gamesLiveThroughAKillOfEachProcess() throws Exception {
        Path lab =
                Files.writeString(
                        directory.resolve("lab.yaml"), TestLab.file("busy", FIRST_NETWORK));
        StackSettings settings =
                StackSettings.of(directory.resolve("data"), lab)
                        .withRestartPolicy(RestartPolicy.Always.USUAL)
                        .withStandby(true);
        try (Stack stack = Launcher.here().launch(settings)) {
            stack.awaitReady();
            await("the standby", () -> hasStandby(stack.state()));
            List<Interruption> kills =
                    Stream.of(
                                    StackPlanner.ORCHESTRATOR,
                                    StackPlanner.BROKER,
                                    StackPlanner.DATABASE,
                                    StackPlanner.ANALYSIS,
                                    StackPlanner.GATEWAY)
                            .<Interruption>map(process -> new Kill(stack, process))
                            .toList();
            try (BusyLoops loops = BusyLoops.start(BUSY)) {
                InterruptionBenchReport report =
                        InterruptionBench.run(stack.lab(), kills, SETTINGS, Progress.NONE);

                assertThat(report.passed()).as(report.toText()).isTrue();
                assertThat(report.results())
                        .as(report.toText())
                        .hasSize(5)
                        .allMatch(result -> result.longestGap().compareTo(limit(result)) < 0);
                assertThat(loops.running()).as("it was busy all the time").hasSize(BUSY);
            }
            assertThat(Files.readString(stack.log(StackPlanner.ORCHESTRATOR)))
                    .as("the standby had its turn")
                    .contains("the owner's process has ended; claiming");
        }
    }

    /**
     * What games wait; where a broker alone takes longer than that to be ready again, half as long
     * again as it takes.
     */
    private static Duration limit(InterruptionBenchReport.Result result) {
        Duration took = result.repetitions().getFirst().took();
        Duration back = took.plus(took.dividedBy(2));
        return result.interruption().contains(StackPlanner.BROKER) && back.compareTo(GIVES_UP) > 0
                ? back
                : GIVES_UP;
    }

    private record Kill(Stack stack, String process) implements Interruption {

        @Override
        public String name() {
            return "kill -9 of the " + process;
        }

        @Override
        public Optional<String> run() {
            StackState.Entry before = stack.state().process(process).orElseThrow();
            if (before.identity() == null) {
                return Optional.of("it is not there");
            }
            Signals.kill(before.identity().pid());
            await(
                    "another life of the " + process,
                    () -> {
                        StackState.Entry now = stack.state().process(process).orElseThrow();
                        return now.life() > before.life() && (isWatching() || isReady(now));
                    });
            return Optional.empty();
        }

        /** No game waits for it, and on a busy machine it steps back: it may take its time. */
        private boolean isWatching() {
            return !process.equals(StackPlanner.ORCHESTRATOR)
                    && !process.equals(StackPlanner.BROKER);
        }

        private static boolean isReady(StackState.Entry entry) {
            return entry.phase() == Phase.READY;
        }
    }

    private static boolean hasStandby(StackState state) {
        return state.processes().stream()
                .anyMatch(entry ->
                        entry.standing() == Standing.STANDBY && entry.phase() == Phase.READY);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }
}
