package kontor.adapter.spool;

import kontor.adapter.relay.SpoolLevel;

/**
 * When a spool is how full.
 *
 * @param lowWaterBytes at this or below it is free again
 * @param highWaterBytes above this it is high
 * @param limitBytes from this on it is full
 */
public record SpoolBounds(long lowWaterBytes, long highWaterBytes, long limitBytes) {

    /**
     * @throws IllegalArgumentException if they do not rise
     */
    public SpoolBounds {
        if (lowWaterBytes < 0 || highWaterBytes <= lowWaterBytes || limitBytes <= highWaterBytes) {
            throw new IllegalArgumentException(
                    "0 <= low water (%d) < high water (%d) < limit (%d) must hold for the spool"
                            .formatted(lowWaterBytes, highWaterBytes, limitBytes));
        }
    }

    /**
     * The level of a spool with so many bytes in it that had the level {@code before}: it rises at
     * high water and at the limit, and falls from full at high water, from high at low water.
     */
    SpoolLevel level(SpoolLevel before, long bytes) {
        if (bytes >= limitBytes) {
            return SpoolLevel.FULL;
        }
        if (bytes <= lowWaterBytes) {
            return SpoolLevel.FREE;
        }
        if (bytes <= highWaterBytes) {
            return before == SpoolLevel.FULL ? SpoolLevel.HIGH : before;
        }
        return before == SpoolLevel.FULL ? SpoolLevel.FULL : SpoolLevel.HIGH;
    }
}
