package kontor.orchestrator.ownership;

/**
 * When an input reached an owner.
 *
 * @param nanos of a clock that only rises, for durations
 * @param wallMicros since 1970, for what is written; it may be wrong, and may jump
 */
public record Moment(long nanos, long wallMicros) {}
