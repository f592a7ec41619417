package kontor.journal.ledger;

import java.util.UUID;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code capture.deliveries}, less the event that it belongs to.
 *
 * @param deliveredPayload null unless the recipient was told other bytes than the event's own
 * @param copies null for one
 */
public record DeliveryRow(
        String instance,
        UUID targetRun,
        long commandSequence,
        @Nullable Bytes deliveredPayload,
        @Nullable Integer copies) {

    public DeliveryRow(String instance, UUID targetRun, long commandSequence) {
        this(instance, targetRun, commandSequence, null, null);
    }
}
