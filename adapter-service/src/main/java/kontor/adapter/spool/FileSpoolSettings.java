package kontor.adapter.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a spool lies on disk, and how.
 *
 * @param segmentBytes a segment that has reached this is followed by the next
 * @param memoryBytes of the newest events that are kept in memory as well
 * @param forceInterval how often what was written is forced to the disk itself; zero: never, the
 *     operating system does that when it likes
 */
public record FileSpoolSettings(
        Path directory,
        SpoolBounds bounds,
        long segmentBytes,
        long memoryBytes,
        Duration forceInterval) {

    /**
     * @throws IllegalArgumentException if one is out of its range
     */
    public FileSpoolSettings {
        if (segmentBytes < 1 || memoryBytes < 0 || forceInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "segments (%d bytes) must be more than 0, memory (%d bytes) and force interval (%s) not less"
                            .formatted(segmentBytes, memoryBytes, forceInterval));
        }
    }
}
