package kontor.orchestrator.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.ownership.Tenure;
import kontor.orchestrator.reload.Effect;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.ProcessId;
import kontor.orchestrator.reload.ReloadCoordinator;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.orchestrator.sequencer.LabState;
import kontor.topics.Records;
import kontor.topics.ServiceLife;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the coordinator of a partition's reloads wants, while the partition is owned.
 *
 * <p>Runs on the owner's thread.
 */
final class ReloadDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadDesk.class);

    private final ServiceLife life;
    private final PartitionLog log;
    private final RecordSender sender;
    private final Tenure tenure;
    private final ReloadMeters meters;
    private final ReloadCoordinator coordinator;

    /**
     * @param log folded up to the own claim
     */
    ReloadDesk(
            ServiceLife life,
            PartitionLog log,
            ReloadSettings settings,
            RecordSender sender,
            Tenure tenure,
            ReloadMeters meters) {
        this.life = life;
        this.log = log;
        this.sender = sender;
        this.tenure = tenure;
        this.meters = meters;
        this.coordinator =
                new ReloadCoordinator(
                        new ProcessId(life.processId().toString()),
                        log.epoch(),
                        settings.limits(),
                        this::liveRuns);
    }

    private Map<InstanceName, RunId> liveRuns(LabName lab) {
        Map<InstanceName, RunId> live = new LinkedHashMap<>();
        for (LabState.Target target : log.lab(lab).targets()) {
            live.put(target.instance(), target.run());
        }
        return live;
    }

    /** Something was heard. */
    void on(Input input) throws InterruptedException {
        for (Effect effect : coordinator.on(input, WallClock.nowMicros())) {
            perform(effect);
        }
    }

    /** Time went by. */
    void tick() throws InterruptedException {
        on(new Input.Tick());
    }

    private void perform(Effect effect) throws InterruptedException {
        switch (effect) {
            case Effect.Write write -> {
                sender.send(Records.of(ReloadMapping.write(write, life.service())));
                meters.count(write.status());
                tell(write);
            }
            case Effect.Freeze freeze ->
                    sender.send(Records.of(ReloadMapping.write(freeze, log.epoch())));
            case Effect.Thaw thaw ->
                    sender.send(Records.of(ReloadMapping.write(thaw, log.epoch())));
            case Effect.HandOver handOver ->
                    tenure.on(new Tenure.Input.HandOverWanted(handOver.successor().value()));
        }
    }

    private static void tell(Effect.Write write) {
        ReloadStatus status = write.status();
        LOG.info(
                "Lab {}: reload {} of {}: {}{}",
                write.lab(),
                status.id(),
                status.service(),
                status.phase(),
                status.detail().isEmpty() ? "" : ", " + status.detail());
    }
}
