package kontor.simulation.orchestrator;

import java.util.LinkedHashMap;
import java.util.Map;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.ownership.Tenure;
import kontor.orchestrator.reload.Effect;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.Phase;
import kontor.orchestrator.reload.ProcessId;
import kontor.orchestrator.reload.ReloadCoordinator;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.orchestrator.sequencer.LabState;
import kontor.simulation.adapter.Translation;
import kontor.simulation.invariant.Evidence;
import kontor.simulation.world.Request;
import kontor.simulation.world.World;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

/** Carries out what the real coordinator of reloads wants, while the partition is owned. */
final class ReloadDesk {

    private final World world;
    private final Evidence evidence;
    private final PartitionLog log;
    private final Outlet outlet;
    private final Tenure tenure;
    private final ReloadCoordinator coordinator;

    ReloadDesk(
            String id,
            World world,
            Evidence evidence,
            PartitionLog log,
            Outlet outlet,
            Tenure tenure) {
        this.world = world;
        this.evidence = evidence;
        this.log = log;
        this.outlet = outlet;
        this.tenure = tenure;
        this.coordinator =
                new ReloadCoordinator(
                        new ProcessId(id), log.epoch(), World.RELOAD_LIMITS, this::liveRuns);
    }

    private Map<InstanceName, RunId> liveRuns(LabName lab) {
        Map<InstanceName, RunId> live = new LinkedHashMap<>();
        for (LabState.Target target : log.lab(lab).targets()) {
            live.put(target.instance(), target.run());
        }
        return live;
    }

    void on(Input input, long nowMicros) {
        for (Effect effect : coordinator.on(input, nowMicros)) {
            perform(effect, nowMicros);
        }
    }

    private void perform(Effect effect, long nowMicros) {
        switch (effect) {
            case Effect.Write write -> {
                ReloadStatus status = write.status();
                world.note("reload", "begins a phase", status);
                if (status.phase() == Phase.RESTARTING && status.freeze()) {
                    evidence.believedFrozen(status.id().toString(), liveRuns(write.lab()).values());
                }
                outlet.send(
                        world.topics().control(),
                        new Request.Heard(new Input.Recorded(write.lab(), status), nowMicros));
            }
            case Effect.Freeze freeze ->
                    outlet.send(
                            world.topics().commands(freeze.instance()),
                            Translation.order(freeze, log.epoch()));
            case Effect.Thaw thaw ->
                    outlet.send(
                            world.topics().commands(thaw.instance()),
                            Translation.order(thaw, log.epoch()));
            case Effect.HandOver handOver ->
                    tenure.on(new Tenure.Input.HandOverWanted(handOver.successor().value()));
        }
    }
}
