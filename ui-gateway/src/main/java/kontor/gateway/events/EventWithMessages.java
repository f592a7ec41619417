package kontor.gateway.events;

import java.util.List;
import kontor.gateway.messages.MessageSummary;

/** An event and the messages that became whole with it. */
public record EventWithMessages(EventSummary event, List<MessageSummary> messages) {

    public EventWithMessages {
        messages = List.copyOf(messages);
    }
}
