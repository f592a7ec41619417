package kontor.journal.ledger;

import java.util.UUID;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code capture.events}: a session event as it stands in the log.
 *
 * @param sequence the session sequence
 * @param type {@code flow_data}, {@code session_started} ...
 * @param adapter null for what no adapter said
 * @param flow session flow number; null for an event without flow
 * @param payload null where this kind of event has none; may be empty
 * @param deliveredPayload null unless other bytes were delivered
 * @param input null where the orchestrator acted by itself
 * @param detail JSON object of the further fields of this kind of event; null where it has none
 */
public record EventRow(
        SessionId session,
        long sequence,
        String type,
        long ownerEpoch,
        long sequencedAtMicros,
        String verdict,
        @Nullable String verdictDetail,
        @Nullable Adapter adapter,
        @Nullable Integer flow,
        @Nullable Boolean fromOpener,
        @Nullable Bytes payload,
        @Nullable Bytes deliveredPayload,
        @Nullable Input input,
        @Nullable String detail) {

    /**
     * Who said it.
     *
     * @param sequence the adapter sequence
     * @param payloadCrc32c as the adapter reckoned it, 0 to 4294967295
     */
    public record Adapter(
            String instance, UUID run, long sequence, long capturedAtMicros, long payloadCrc32c) {}

    /** The record that caused it. */
    public record Input(String topic, int partition, long offset) {}

    /** CRC-32C of the payload as it is now, 0 without one. */
    long actualCrc32c() {
        return payload == null ? 0 : Integer.toUnsignedLong(payload.crc32c());
    }
}
