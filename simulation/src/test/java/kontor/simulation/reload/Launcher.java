package kontor.simulation.reload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.ProcessId;
import kontor.orchestrator.reload.ReloadId;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.simulation.broker.Reader;
import kontor.simulation.invariant.CountedReloads;
import kontor.simulation.orchestrator.OrchestratorProcess;
import kontor.simulation.time.Life;
import kontor.simulation.world.Request;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Starts successors and ends who was replaced, as the control topic says; and answers, as a
 * gateway, who waits to be verified. Neither dies here: what they do not do in time is not done.
 */
public final class Launcher {

    private final World world;
    private final List<OrchestratorProcess> orchestrators;
    private final Consumer<ReloadStatus> onPhase;
    private final Life life = new Life("launcher");
    private final Reader control;
    private final CountedReloads reloads = new CountedReloads();

    /** By the ids of processes: which epoch they said that they own. */
    private final Map<ProcessId, Long> owners = new HashMap<>();

    private final Map<ReloadId, String> successors = new HashMap<>();

    /**
     * @param onPhase is told of each phase that begins
     */
    public Launcher(
            World world, List<OrchestratorProcess> orchestrators, Consumer<ReloadStatus> onPhase) {
        this.world = world;
        this.orchestrators = orchestrators;
        this.onPhase = onPhase;
        this.control = new Reader(world.broker(), life);
    }

    public void start() {
        control.seek(world.topics().control(), 0);
        read();
    }

    /** Reloads that were asked for, as far as it has read, and have not ended. */
    public List<ReloadId> unanswered() {
        return reloads.unanswered();
    }

    private void read() {
        control.poll(records -> {
            records.forEach(polled -> take((Request) polled.record()));
            read();
        });
    }

    private void take(Request record) {
        if (record instanceof Request.Heard(Input.ProcessHeard heard, var _)) {
            owners.merge(heard.process(), heard.ownerEpoch(), Math::max);
        }
        @Nullable ReloadStatus status = reloads.read(record);
        if (status != null) {
            onPhase.accept(status);
            on(status);
        }
    }

    private void on(ReloadStatus status) {
        switch (status.phase()) {
            case ANNOUNCED, FREEZING, HANDING_OVER -> {}
            case RESTARTING -> beginBeside(status);
            case VERIFYING -> {
                promote(status.after());
                verify(status);
            }
            case THAWING, COMPLETED -> promote(status.after());
            case FAILED -> failed(status.id());
        }
    }

    /** At most one stands beside: it ends before the next begins. */
    private void beginBeside(ReloadStatus status) {
        process(status.before())
                .map(this::other)
                .ifPresent(successor ->
                        world.timeline()
                                .in(
                                        world.chance().around(3_000),
                                        life,
                                        () -> {
                                            successor.crash();
                                            successor.start(true);
                                            successors.put(status.id(), successor.id());
                                        }));
    }

    private void promote(@Nullable ProcessId owner) {
        process(owner).map(this::other).ifPresent(OrchestratorProcess::stop);
    }

    /** The owner of the log stays. */
    private void failed(ReloadId reload) {
        @Nullable String id = successors.get(reload);
        if (id != null) {
            process(new ProcessId(id))
                    .ifPresent(successor -> {
                        OrchestratorProcess old = other(successor);
                        if (epoch(successor) > epoch(old)) {
                            old.stop();
                        } else {
                            successor.crash();
                        }
                    });
        }
    }

    private long epoch(OrchestratorProcess process) {
        return owners.getOrDefault(new ProcessId(process.id()), 0L);
    }

    private Optional<OrchestratorProcess> process(@Nullable ProcessId id) {
        return orchestrators.stream()
                .filter(process ->
                        process.isRunning() && id != null && process.id().equals(id.value()))
                .findAny();
    }

    private OrchestratorProcess other(OrchestratorProcess than) {
        return orchestrators.get((orchestrators.indexOf(than) + 1) % orchestrators.size());
    }

    private void verify(ReloadStatus status) {
        if (world.chance().oneIn(4)) {
            return;
        }
        world.timeline()
                .in(
                        world.chance().around(4_000),
                        life,
                        () -> {
                            if (world.broker().isUp()) {
                                world.broker()
                                        .append(world.topics().control(), report(status.id()));
                            }
                        });
    }

    private Request report(ReloadId id) {
        long now = world.wallClockMicros(0);
        Input what =
                world.chance().oneIn(4)
                        ? new Input.ContinuityAwaited(World.LAB, id, now)
                        : new Input.ContinuityHeard(World.LAB, id, true, "all there");
        return new Request.Heard(what, now);
    }
}
