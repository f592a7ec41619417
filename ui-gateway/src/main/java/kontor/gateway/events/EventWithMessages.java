package kontor.gateway.events;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import kontor.gateway.messages.MessageSummary;
import org.jspecify.annotations.Nullable;

/** An event and the messages that became whole with it. */
public record EventWithMessages(
        EventSummary event,
        List<MessageSummary> messages,
        @Schema(description = "with their receipts; absent where they were not asked for")
                @Nullable List<EventDetail.Delivery> deliveries) {

    public EventWithMessages {
        messages = List.copyOf(messages);
        deliveries = deliveries == null ? null : List.copyOf(deliveries);
    }
}
