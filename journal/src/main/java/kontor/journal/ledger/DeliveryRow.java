package kontor.journal.ledger;

import java.util.UUID;

/** A row of {@code capture.deliveries}, less the event that it belongs to. */
public record DeliveryRow(String instance, UUID targetRun, long commandSequence) {}
