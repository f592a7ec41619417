package kontor.gateway.messages;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages in the order in which they became whole. */
public record MessagePage(
        List<MessageDetail> messages,
        @Schema(description = "'cursor' for the next page, opaque; absent at the end")
                @Nullable String next) {

    public MessagePage {
        messages = List.copyOf(messages);
    }
}
