package kontor.gateway.messages;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import kontor.gateway.listing.Listed;
import org.jspecify.annotations.Nullable;

/** Messages in the order in which they became whole. */
public record MessagePage(
        List<MessageDetail> messages,
        @Schema(description = "'cursor' for the next page, opaque; absent at the end")
                @Nullable String next)
        implements Listed {

    public MessagePage {
        messages = List.copyOf(messages);
    }

    @Override
    public List<?> listed() {
        return messages;
    }

    @Override
    public Map<String, String> following() {
        return next == null ? Map.of() : Map.of("cursor", next);
    }
}
