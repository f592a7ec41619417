package kontor.orchestrator.sequencer;

/**
 * What goes onto a record beside the decision: it differs when an input is decided again.
 *
 * @param ownerEpoch who writes
 * @param nowMicros microseconds since 1970, by the owner's clock
 */
public record Stamp(long ownerEpoch, long nowMicros) {}
