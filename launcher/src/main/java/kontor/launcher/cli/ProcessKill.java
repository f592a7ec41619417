package kontor.launcher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.ports.PortCheck;
import kontor.launcher.process.Signals;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.Standing;
import kontor.players.bench.Interruption;

/**
 * SIGKILL from outside, as a crash. Over when the process then in charge is ready, packets flow,
 * and a standby is there again where there was one before.
 */
final class ProcessKill implements Interruption {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration ORCHESTRATOR_BELOW = Duration.ofSeconds(2);
    private static final long BETWEEN_LOOKS_MILLIS = 10;

    private final BorrowedStack stack;
    private final String process;
    private final int repetitions;
    private final List<Step> steps = new ArrayList<>();

    ProcessKill(BorrowedStack stack, String process, int repetitions) {
        this.stack = stack;
        this.process = process;
        this.repetitions = repetitions;
    }

    @Override
    public String name() {
        return "kill -9 of the " + process;
    }

    @Override
    public int repetitions() {
        return repetitions;
    }

    /** Stated only for other processes than the orchestrator. */
    @Override
    public Optional<Duration> toStayBelow() {
        return process.equals(StackPlanner.ORCHESTRATOR)
                ? Optional.of(ORCHESTRATOR_BELOW)
                : Optional.empty();
    }

    @Override
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    @Override
    public Optional<String> run() throws InterruptedException {
        steps.clear();
        try (RecoveryWatch watch = RecoveryWatch.of(stack.kafkaServers(), stack.lab().names())) {
            boolean spare = standsBeside(stack.now());
            if (spare && !await(ProcessKill::hasStandby)) {
                return Optional.of("the standby did not become ready");
            }
            StackState.Entry before = inCharge(stack.now());
            if (before.identity() == null || before.phase() != Phase.READY) {
                return Optional.of("it is not ready");
            }
            long beganNanos = System.nanoTime();
            watch.begin();
            Signals.kill(before.identity().pid());
            if (!follow(before, watch, beganNanos)) {
                return Optional.of("no successor became ready");
            }
            steps.addAll(watch.steps(beganNanos, PATIENCE));
            steps.sort(Comparator.comparing(Step::after));
            // The next one is to find things as this one did.
            return !spare || await(ProcessKill::hasStandby)
                    ? Optional.empty()
                    : Optional.of("no standby came back");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private boolean follow(StackState.Entry before, RecoveryWatch watch, long beganNanos)
            throws IOException, InterruptedException {
        boolean seen =
                step(
                        "detected",
                        beganNanos,
                        state ->
                                inCharge(state).life() != before.life()
                                        || inCharge(state).phase() != Phase.READY);
        boolean listens =
                seen
                        && step(
                                "started",
                                beganNanos,
                                state ->
                                        inCharge(state).life() != before.life()
                                                && inCharge(state).identity() != null)
                        && step(
                                "listens",
                                beganNanos,
                                state -> PortCheck.listening(inCharge(state).port()));
        if (process.equals(StackPlanner.BROKER)) {
            // The owner of the log stays the owner.
            watch.countFromNow();
        }
        return listens
                && step("ready", beganNanos, state -> inCharge(state).phase() == Phase.READY);
    }

    private boolean step(String name, long beganNanos, Predicate<StackState> reached)
            throws IOException, InterruptedException {
        if (!await(reached)) {
            return false;
        }
        steps.add(new Step(name, Duration.ofNanos(System.nanoTime() - beganNanos)));
        return true;
    }

    private boolean await(Predicate<StackState> reached) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (reached.test(stack.now())) {
                return true;
            }
            // Another process supervises the stack: how that is has to be asked for.
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return false;
    }

    /** One that is ready or about to be. */
    private static boolean standsBeside(StackState state) {
        return state.processes().stream().anyMatch(entry -> entry.standing() == Standing.STANDBY);
    }

    private static boolean hasStandby(StackState state) {
        return state.processes().stream()
                .anyMatch(entry ->
                        entry.standing() == Standing.STANDBY && entry.phase() == Phase.READY);
    }

    private StackState.Entry inCharge(StackState state) {
        return state.process(process)
                .orElseThrow(() -> new IllegalStateException("this stack has no " + process));
    }
}
