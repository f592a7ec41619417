package kontor.adapter.spool;

/**
 * When a spool is how full.
 *
 * @param lowWaterBytes at this or below it is free again
 * @param highWaterBytes above this it is high
 * @param limitBytes from this on it is full
 */
public record SpoolBounds(long lowWaterBytes, long highWaterBytes, long limitBytes) {

    /**
     * @throws IllegalArgumentException where they do not rise
     */
    public SpoolBounds {
        if (lowWaterBytes < 0 || highWaterBytes <= lowWaterBytes || limitBytes <= highWaterBytes) {
            throw new IllegalArgumentException(
                    "0 <= low water (%d) < high water (%d) < limit (%d) must hold for the spool"
                            .formatted(lowWaterBytes, highWaterBytes, limitBytes));
        }
    }
}
