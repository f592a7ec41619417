package kontor.orchestrator.reload;

import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

/** An input of a coordinator. All but ticks may be repeated. */
public sealed interface Input {

    /** Somebody asks for a reload. */
    record Wanted(LabName lab, ReloadId id, String service, boolean freeze) implements Input {}

    /**
     * Somebody wants the lab's games to stand still, without a reload.
     *
     * @param untilMicros by the clock of who wants it
     */
    record FreezeWanted(LabName lab, ReloadId id, long untilMicros) implements Input {}

    /** Somebody wants the games that a freeze by hand holds to go on. */
    record ThawWanted(LabName lab, ReloadId id) implements Input {}

    /** A record of a reload's phase was read, an own one or another's. */
    record Recorded(LabName lab, ReloadStatus status) implements Input {}

    /**
     * A process spoke.
     *
     * @param ownerEpoch 0 where it owns nothing here
     * @param standingStill which of its readers of logs stands still, and why; empty where none
     *     does
     */
    record ProcessHeard(
            ProcessId process,
            String service,
            ProcessState state,
            long ownerEpoch,
            String standingStill)
            implements Input {

        /** Of a process whose readers of logs all get on. */
        public ProcessHeard(
                ProcessId process, String service, ProcessState state, long ownerEpoch) {
            this(process, service, state, ownerEpoch, "");
        }
    }

    /**
     * An adapter spoke.
     *
     * @param freezeId what holds its game; empty where it runs
     */
    record AdapterHeard(
            LabName lab, InstanceName instance, RunId run, String freezeId, long sentAtMicros)
            implements Input {}

    /**
     * An adapter answered a command to freeze or to thaw, or thawed its game by itself.
     *
     * @param detail for a person
     */
    record FreezeAnswered(
            LabName lab,
            InstanceName instance,
            RunId run,
            String freezeId,
            FreezeAnswer answer,
            String detail)
            implements Input {}

    /** The gateway has looked whether something was lost. */
    record ContinuityHeard(LabName lab, ReloadId id, boolean clean, String summary)
            implements Input {}

    /**
     * The gateway will say what it found: it waits for a journal that gets on, or looks.
     *
     * @param sentAtMicros when the gateway said it, by its clock
     */
    record ContinuityAwaited(LabName lab, ReloadId id, long sentAtMicros) implements Input {}

    /** Time went by. */
    record Tick() implements Input {}

    /** As in {@code ServiceState}. */
    enum ProcessState {
        READY,
        STANDBY,
        STOPPING
    }

    /** How it stands with a game. */
    enum FreezeAnswer {
        FROZEN,
        THAWED,
        FAILED
    }
}
