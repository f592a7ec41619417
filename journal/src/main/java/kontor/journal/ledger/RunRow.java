package kontor.journal.ledger;

import java.util.UUID;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code capture.runs} as it is when the run starts.
 *
 * @param instanceAddress 4 or 16 bytes; null where what came is no address
 * @param peerAddresses JSON object, instance name to address as text
 * @param broadcastAddress 4 or 16 bytes; null where there is none
 */
public record RunRow(
        UUID run,
        String lab,
        String instance,
        @Nullable Bytes instanceAddress,
        String peerAddresses,
        @Nullable Bytes broadcastAddress,
        String softwareVersion,
        String captureMethod,
        long startedAtMicros) {}
