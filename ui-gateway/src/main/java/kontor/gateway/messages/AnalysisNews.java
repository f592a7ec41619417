package kontor.gateway.messages;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What one analyzer found at one event, as it goes over the live stream. */
public record AnalysisNews(
        @Schema(description = "the event with which the messages became whole") long sequence,
        String analyzer,
        String analyzerVersion,
        List<MessageSummary> messages) {

    public AnalysisNews {
        messages = List.copyOf(messages);
    }
}
