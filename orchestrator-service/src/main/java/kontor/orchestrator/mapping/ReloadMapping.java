package kontor.orchestrator.mapping;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import kontor.commands.v1.Action;
import kontor.commands.v1.AdapterCommand;
import kontor.commands.v1.FreezeGame;
import kontor.commands.v1.ThawGame;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.FollowerState;
import kontor.control.v1.PhaseTiming;
import kontor.control.v1.ReloadPhase;
import kontor.control.v1.ServiceState;
import kontor.control.v1.ServiceStatus;
import kontor.orchestrator.reload.Effect;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.orchestrator.reload.Phase;
import kontor.orchestrator.reload.ProcessId;
import kontor.orchestrator.reload.ReloadId;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.packets.v1.AdapterEvent;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** Reads and writes the records of reloads. */
public final class ReloadMapping {

    private ReloadMapping() {}

    /**
     * Reads a record; returns null if it does not concern reloads.
     *
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    static @Nullable Input read(ControlEvent event) {
        return switch (event.getWhatCase()) {
            case REQUEST_RELOAD -> {
                var request = event.getRequestReload();
                yield new Input.Wanted(
                        new LabName(event.getLab()),
                        ReloadId.parse(request.getReloadId()),
                        request.getService(),
                        request.getFreeze());
            }
            case RELOAD_STATUS ->
                    new Input.Recorded(
                            new LabName(event.getLab()), status(event.getReloadStatus()));
            case SERVICE_STATUS -> process(event.getServiceStatus());
            case ADAPTER_STATUS -> {
                AdapterStatus status = event.getAdapterStatus();
                yield new Input.AdapterHeard(
                        new LabName(event.getLab()),
                        new InstanceName(status.getInstance()),
                        RunId.parse(status.getRunId()),
                        status.getFreezeId(),
                        event.getSentAtMicros());
            }
            case REQUEST_FREEZE -> {
                var request = event.getRequestFreeze();
                yield new Input.FreezeWanted(
                        new LabName(event.getLab()),
                        ReloadId.parse(request.getFreezeId()),
                        event.getSentAtMicros()
                                + TimeUnit.MILLISECONDS.toMicros(
                                        Integer.toUnsignedLong(request.getAtMostMillis())));
            }
            case REQUEST_THAW ->
                    new Input.ThawWanted(
                            new LabName(event.getLab()),
                            ReloadId.parse(event.getRequestThaw().getFreezeId()));
            case CONTINUITY_REPORT -> {
                var report = event.getContinuityReport();
                LabName lab = new LabName(event.getLab());
                ReloadId id = ReloadId.parse(report.getReloadId());
                yield report.getPending()
                        ? new Input.ContinuityAwaited(lab, id, event.getSentAtMicros())
                        : new Input.ContinuityHeard(
                                lab, id, report.getClean(), report.getSummary());
            }
            case START_SESSION,
                    END_SESSION,
                    PROCESS_ENDED,
                    ANALYZER_STATUS,
                    SET_RULES,
                    DECIDE_HELD,
                    START_RUN,
                    CANCEL_RUN,
                    PROMOTE_ANALYZER,
                    REQUEST_SNAPSHOT,
                    SNAPSHOT_REPORT,
                    RUN_STATUS,
                    WHAT_NOT_SET ->
                    null;
        };
    }

    /**
     * Reads what an adapter answered to a freeze or a thaw. No other event may be passed: packets
     * do not come this way.
     *
     * @throws IllegalArgumentException if the event is no such answer
     */
    static Input answer(AdapterEvent event) {
        return switch (event.getWhatCase()) {
            case GAME_FROZEN ->
                    answer(event, event.getGameFrozen().getFreezeId(), FreezeAnswer.FROZEN, "");
            case GAME_THAWED ->
                    answer(event, event.getGameThawed().getFreezeId(), FreezeAnswer.THAWED, "");
            case FREEZE_FAILED ->
                    answer(
                            event,
                            event.getFreezeFailed().getFreezeId(),
                            FreezeAnswer.FAILED,
                            event.getFreezeFailed().getDetail());
            case RUN_STARTED,
                    RUN_STOPPED,
                    FLOW_OPENED,
                    FLOW_ACCEPTED,
                    FLOW_REFUSED,
                    FLOW_DATA,
                    FLOW_HALF_CLOSED,
                    FLOW_RESET,
                    DATAGRAM,
                    FLOW_STALLED,
                    FLOW_DRAINED,
                    FLOW_CONFIRMED,
                    DATAGRAMS_MISSED,
                    STRANGER_SEEN,
                    INJECTION,
                    WHAT_NOT_SET ->
                    throw new IllegalArgumentException(
                            event.getWhatCase() + " is no answer to a freeze");
        };
    }

    private static Input answer(
            AdapterEvent event, String freezeId, FreezeAnswer answer, String detail) {
        return new Input.FreezeAnswered(
                new LabName(event.getLab()),
                new InstanceName(event.getInstance()),
                RunId.parse(event.getRunId()),
                freezeId,
                answer,
                detail);
    }

    private static @Nullable Input process(ServiceStatus status) {
        @Nullable ProcessState state = state(status.getState());
        return state == null
                ? null
                : new Input.ProcessHeard(
                        new ProcessId(status.getProcessId()),
                        status.getService(),
                        state,
                        status.getOwnerEpoch(),
                        standingStill(status));
    }

    private static String standingStill(ServiceStatus status) {
        return status.getFollowersList().stream()
                .filter(follower ->
                        follower.getState() == FollowerState.FOLLOWER_STATE_WAITING
                                || follower.getState() == FollowerState.FOLLOWER_STATE_HALTED)
                .map(follower -> follower.getName() + " (" + follower.getReason() + ")")
                .collect(Collectors.joining(", "));
    }

    private static @Nullable ProcessState state(ServiceState state) {
        return switch (state) {
            case SERVICE_STATE_READY -> ProcessState.READY;
            case SERVICE_STATE_STANDBY -> ProcessState.STANDBY;
            case SERVICE_STATE_STOPPING -> ProcessState.STOPPING;
            case SERVICE_STATE_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }

    private static ReloadStatus status(kontor.control.v1.ReloadStatus status) {
        List<ReloadStatus.Timing> timings =
                status.getTimingsList().stream()
                        .map(t -> new ReloadStatus.Timing(phase(t.getPhase()), t.getTookMicros()))
                        .toList();
        return new ReloadStatus(
                ReloadId.parse(status.getReloadId()),
                status.getService(),
                status.getFreeze(),
                phase(status.getPhase()),
                status.getSinceMicros(),
                status.getDeadlineMicros(),
                status.getDetail(),
                process(status.getProcessBefore()),
                process(status.getProcessAfter()),
                timings,
                status.getOwnerEpoch());
    }

    private static @Nullable ProcessId process(String id) {
        return id.isEmpty() ? null : new ProcessId(id);
    }

    private static Phase phase(ReloadPhase phase) {
        return switch (phase) {
            case RELOAD_PHASE_ANNOUNCED -> Phase.ANNOUNCED;
            case RELOAD_PHASE_FREEZING -> Phase.FREEZING;
            case RELOAD_PHASE_RESTARTING -> Phase.RESTARTING;
            case RELOAD_PHASE_HANDING_OVER -> Phase.HANDING_OVER;
            case RELOAD_PHASE_VERIFYING -> Phase.VERIFYING;
            case RELOAD_PHASE_THAWING -> Phase.THAWING;
            case RELOAD_PHASE_COMPLETED -> Phase.COMPLETED;
            case RELOAD_PHASE_FAILED -> Phase.FAILED;
            case RELOAD_PHASE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("its phase is not known here");
        };
    }

    private static ReloadPhase phase(Phase phase) {
        return switch (phase) {
            case ANNOUNCED -> ReloadPhase.RELOAD_PHASE_ANNOUNCED;
            case FREEZING -> ReloadPhase.RELOAD_PHASE_FREEZING;
            case RESTARTING -> ReloadPhase.RELOAD_PHASE_RESTARTING;
            case HANDING_OVER -> ReloadPhase.RELOAD_PHASE_HANDING_OVER;
            case VERIFYING -> ReloadPhase.RELOAD_PHASE_VERIFYING;
            case THAWING -> ReloadPhase.RELOAD_PHASE_THAWING;
            case COMPLETED -> ReloadPhase.RELOAD_PHASE_COMPLETED;
            case FAILED -> ReloadPhase.RELOAD_PHASE_FAILED;
        };
    }

    public static ControlEvent write(Effect.Write write, String sender) {
        ReloadStatus status = write.status();
        var written =
                kontor.control.v1.ReloadStatus.newBuilder()
                        .setReloadId(status.id().toString())
                        .setService(status.service())
                        .setFreeze(status.freeze())
                        .setPhase(phase(status.phase()))
                        .setSinceMicros(status.sinceMicros())
                        .setDeadlineMicros(status.deadlineMicros())
                        .setDetail(status.detail())
                        .setProcessBefore(text(status.before()))
                        .setProcessAfter(text(status.after()))
                        .setOwnerEpoch(status.ownerEpoch());
        for (ReloadStatus.Timing timing : status.timings()) {
            written.addTimings(
                    PhaseTiming.newBuilder()
                            .setPhase(phase(timing.phase()))
                            .setTookMicros(timing.tookMicros()));
        }
        return ControlEvent.newBuilder()
                .setLab(write.lab().value())
                .setControlId(UUID.randomUUID().toString())
                .setSentAtMicros(status.sinceMicros())
                .setSender(sender)
                .setReloadStatus(written)
                .build();
    }

    private static String text(@Nullable ProcessId id) {
        return id == null ? "" : id.value();
    }

    public static AdapterCommand write(Effect.Freeze freeze, long epoch) {
        FreezeGame.Builder game =
                FreezeGame.newBuilder()
                        .setFreezeId(freeze.id().toString())
                        .setAtMostMillis(freeze.atMostMillis());
        return command(freeze.lab(), freeze.instance(), freeze.run(), epoch)
                .addActions(Action.newBuilder().setFreezeGame(game))
                .build();
    }

    public static AdapterCommand write(Effect.Thaw thaw, long epoch) {
        ThawGame.Builder game = ThawGame.newBuilder().setFreezeId(thaw.id().toString());
        return command(thaw.lab(), thaw.instance(), thaw.run(), epoch)
                .addActions(Action.newBuilder().setThawGame(game))
                .build();
    }

    private static AdapterCommand.Builder command(
            LabName lab, InstanceName instance, RunId run, long epoch) {
        return AdapterCommand.newBuilder()
                .setLab(lab.value())
                .setInstance(instance.value())
                .setTargetRunId(run.toString())
                .setOwnerEpoch(epoch);
    }
}
