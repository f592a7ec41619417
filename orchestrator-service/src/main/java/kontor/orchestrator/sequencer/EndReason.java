package kontor.orchestrator.sequencer;

/** Why a session ended. */
public enum EndReason {
    REQUESTED,
    IDLE
}
