package kontor.launcher.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import kontor.launcher.plan.Role;
import kontor.launcher.plan.StopSignal;
import kontor.launcher.process.ProcessTable;
import kontor.launcher.process.Signals;
import kontor.launcher.supervision.Phase;

/**
 * Ends a stack from outside: asks its supervisor to, and does it itself where that is gone or does
 * not manage. Processes are identified by id and start time: no other process is ever signalled.
 */
public final class Takedown {

    private static final long LOOK_MILLIS = 100;

    /** More than the supervisor's own bounds add up to. */
    private static final Duration SUPERVISOR_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

    private final DataDirectory data;

    public Takedown(DataDirectory data) {
        this.data = data;
    }

    /**
     * Blocks until all is gone, or cannot be ended; bounded.
     *
     * @param listener receives its progress
     * @return whether all is gone
     */
    public boolean run(Consumer<StackState> listener) throws IOException, InterruptedException {
        Optional<StackState> last = data.readState();
        if (last.isEmpty()) {
            return true;
        }
        StackState state = last.get();
        if (state.supervised()) {
            state = askSupervisor(state, listener);
        }
        for (Role role : List.of(Role.values()).reversed()) {
            end(state, role);
        }
        listener.accept(allStopped(state));
        boolean allGone = state.living().isEmpty();
        if (allGone) {
            data.removeState();
        }
        return allGone;
    }

    private StackState askSupervisor(StackState state, Consumer<StackState> listener)
            throws IOException, InterruptedException {
        listener.accept(state);
        Signals.send(StopSignal.TERM, state.supervisor().pid());
        StackState last = state;
        long deadline = System.nanoTime() + SUPERVISOR_TIMEOUT.toNanos();
        while (ProcessTable.alive(state.supervisor()) && System.nanoTime() < deadline) {
            Optional<StackState> now = data.readState();
            if (now.isPresent()) {
                last = now.get();
                listener.accept(last);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        if (ProcessTable.alive(state.supervisor())) {
            Signals.kill(state.supervisor().pid());
            await(() -> !ProcessTable.alive(state.supervisor()), KILL_TIMEOUT);
        }
        return last;
    }

    private static void end(StackState state, Role role) throws InterruptedException {
        List<StackState.Entry> members =
                state.living().stream().filter(entry -> entry.role() == role).toList();
        for (StackState.Entry entry : members) {
            signal(entry, role == Role.DATABASE ? StopSignal.INT : StopSignal.TERM);
        }
        if (!await(() -> members.stream().noneMatch(StackState.Entry::alive), role.stopTimeout())) {
            members.stream()
                    .filter(StackState.Entry::alive)
                    .flatMap(entry -> Optional.ofNullable(entry.identity()).stream())
                    .forEach(identity -> Signals.kill(identity.pid()));
            await(() -> members.stream().noneMatch(StackState.Entry::alive), KILL_TIMEOUT);
        }
    }

    private static void signal(StackState.Entry entry, StopSignal signal) {
        Optional.ofNullable(entry.identity())
                .ifPresent(identity -> Signals.send(signal, identity.pid()));
    }

    private static boolean await(BooleanSupplier condition, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private static StackState allStopped(StackState state) {
        return state.withProcesses(
                state.processes().stream()
                        .map(entry ->
                                entry.phase() == Phase.DIED || entry.alive()
                                        ? entry
                                        : entry.in(Phase.STOPPED))
                        .toList());
    }
}
