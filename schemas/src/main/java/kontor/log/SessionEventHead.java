package kontor.log;

/**
 * As much of a record of {@code kontor.session-events} as tells whether a reader cares for the rest
 * of it.
 *
 * @param sequence in its session; 0 in a record without session
 * @param ownerEpoch which owner wrote it
 * @param sequencedAtMicros since 1970, by the orchestrator's clock
 * @param claim whether it is an owner's claim
 */
public record SessionEventHead(
        long sequence, long ownerEpoch, long sequencedAtMicros, boolean claim) {}
