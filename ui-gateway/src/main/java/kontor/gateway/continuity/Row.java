package kontor.gateway.continuity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of a session event, or a record of {@code kontor.session-events}: in the same
 * words, so that they can be held against each other.
 *
 * @param saidOrNull null for what no adapter said
 * @param inputOffset where that stands in {@code kontor.packets}
 */
public record Row(
        long sequence, String type, String verdict, @Nullable Said saidOrNull, long inputOffset) {

    /**
     * An adapter's event.
     *
     * @param crc32c of the payload as it is now, not as anybody says
     */
    public record Said(UUID run, long adapterSequence, long crc32c) {

        @Override
        public String toString() {
            return "run %s, adapter sequence %d, CRC-32C %08x"
                    .formatted(run, adapterSequence, crc32c);
        }
    }
}
