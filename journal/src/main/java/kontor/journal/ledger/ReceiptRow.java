package kontor.journal.ledger;

import java.util.UUID;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code capture.receipts}.
 *
 * @param run of the adapter that spoke
 * @param session null where the command belonged to no session
 * @param outcome {@code done}, {@code failed}, {@code stale_run}, {@code stale_owner}
 * @param detail null with {@code done}
 */
public record ReceiptRow(
        UUID targetRun,
        long commandSequence,
        String instance,
        UUID run,
        @Nullable SessionId session,
        long sessionSequence,
        String outcome,
        long doneAtMicros,
        long payloadBytes,
        @Nullable String detail) {}
