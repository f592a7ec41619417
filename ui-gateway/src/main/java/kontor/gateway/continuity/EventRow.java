package kontor.gateway.continuity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code capture.events} as continuity looks at it, with its deliveries and with the
 * receipts that name its sequence.
 *
 * @param said null for what no adapter said: what was injected, too
 * @param part null for an event without flow
 * @param payload null if this kind of event has none
 * @param input where it stands in its topic; null if nothing caused it
 * @param streamPosition of a TCP flow's data its offset, of its end the length; null for others
 */
public record EventRow(
        long sequence,
        Instant sequencedAt,
        String type,
        String verdict,
        @Nullable Said said,
        @Nullable Part part,
        @Nullable Payload payload,
        @Nullable Input input,
        @Nullable Long streamPosition,
        List<Delivery> deliveries,
        List<Answer> answers) {

    public EventRow {
        deliveries = List.copyOf(deliveries);
        answers = List.copyOf(answers);
    }

    /** Which adapter said it. */
    public record Said(String instance, UUID run, long adapterSequence, Instant capturedAt) {}

    /** A direction of a flow. */
    public record Part(int flow, boolean fromOpener) {}

    /**
     * Its bytes.
     *
     * @param crc32c of the bytes as they are now
     * @param saidCrc32c as its adapter reckoned it; null if it did not
     */
    public record Payload(int bytes, long crc32c, @Nullable Long saidCrc32c) {}

    /** A place in a topic. */
    public record Input(String topic, int partition, long offset) {}

    /**
     * A command that went out.
     *
     * @param told how many bytes its recipient was sent in place of the payload, all copies of a
     *     datagram together; null if it was sent that
     */
    public record Delivery(String instance, UUID run, long command, @Nullable Long told) {

        public Delivery(String instance, UUID run, long command) {
            this(instance, run, command, null);
        }
    }

    /**
     * A receipt of the run that the command was for: it was carried out, or could not be.
     *
     * @param sequence the session sequence that it names
     */
    public record Answer(
            long sequence,
            String instance,
            UUID run,
            long command,
            boolean failed,
            Instant doneAt,
            long payloadBytes,
            @Nullable String detail) {}

    /** How many bytes the command of a delivery had to deliver. */
    long bytesToDeliver(Delivery delivery) {
        if (delivery.told() != null) {
            return delivery.told();
        }
        return payload == null ? 0 : payload.bytes();
    }

    boolean isDelivered() {
        return verdict.equals("relayed") || verdict.equals("mutated") || verdict.equals("injected");
    }
}
