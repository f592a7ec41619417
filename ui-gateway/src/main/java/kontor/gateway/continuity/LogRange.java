package kontor.gateway.continuity;

/**
 * The part of a topic's partition that a session's rows were made of.
 *
 * @param ownerEpoch highest epoch that was claimed before the part begins
 */
public record LogRange(
        String topic, int partition, long firstOffset, long lastOffset, long ownerEpoch) {}
