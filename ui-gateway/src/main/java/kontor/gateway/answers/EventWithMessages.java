package kontor.gateway.answers;

import java.util.List;

/** An event and the messages that became whole with it. */
public record EventWithMessages(EventSummary event, List<MessageSummary> messages) {

    public EventWithMessages {
        messages = List.copyOf(messages);
    }
}
