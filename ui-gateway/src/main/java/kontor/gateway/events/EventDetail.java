package kontor.gateway.events;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.gateway.messages.MessageDetail;
import org.jspecify.annotations.Nullable;

/** All that is known of one event. */
public record EventDetail(
        UUID session,
        EventSummary event,
        @Schema(description = "absent for what no adapter said") @Nullable UUID run,
        @Nullable Long adapterSequence,
        @Schema(description = "which owner of the lab's log wrote it") long ownerEpoch,
        @Nullable Input input,
        @Schema(description = "what the game sent; absent where this kind of event has none")
                @Nullable Payload original,
        @Schema(
                        description =
                                "what was delivered; absent where that is the original. Where"
                                        + " recipients differ, what the first got that got"
                                        + " something else")
                @Nullable Payload delivered,
        @Schema(description = "further facts of this kind of event") Map<String, Object> detail,
        List<Delivery> deliveries,
        @Schema(description = "the messages that have bytes in this event")
                List<MessageDetail> messages) {

    public EventDetail {
        detail = Map.copyOf(detail);
        deliveries = List.copyOf(deliveries);
        messages = List.copyOf(messages);
    }

    /** The same with these messages. */
    public EventDetail withMessages(List<MessageDetail> found) {
        return new EventDetail(
                session,
                event,
                run,
                adapterSequence,
                ownerEpoch,
                input,
                original,
                delivered,
                detail,
                deliveries,
                found);
    }

    /** The record that caused an event. */
    public record Input(
            @Schema(example = "kontor.packets") String topic,
            @Schema(example = "0") int partition,
            @Schema(example = "1234") long offset) {}

    /** Bytes. */
    public record Payload(
            @Schema(example = "2") int length,
            @Schema(description = "reckoned from the bytes now", example = "2591144780")
                    long crc32c,
            @Schema(
                            description =
                                    "whether the adapter reckoned the same; absent if it did not",
                            example = "true")
                    @Nullable Boolean crc32cRight,
            @Schema(description = "hexadecimal", example = "0a0b") String hex) {}

    /** One command that went out because of an event. */
    public record Delivery(
            @Schema(example = "game2") String instance,
            UUID run,
            @Schema(example = "17") long commandSequence,
            @Schema(
                            description =
                                    "what it was told in place of the original; absent where it"
                                            + " got that")
                    @Nullable Payload delivered,
            @Schema(description = "how often it was told", example = "1") int copies,
            @Schema(description = "one when all is well; none while it is on its way")
                    List<Receipt> receipts) {

        public Delivery {
            receipts = List.copyOf(receipts);
        }
    }
}
