package kontor.gateway.messages;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A message with all that was found in it. */
public record MessageDetail(
        MessageSummary message,
        @Schema(description = "content hash of the analyzer") String analyzerVersion,
        @Schema(description = "where its bytes are, in order") List<Span> spans,
        List<Field> fields) {

    public MessageDetail {
        spans = List.copyOf(spans);
        fields = List.copyOf(fields);
    }
}
