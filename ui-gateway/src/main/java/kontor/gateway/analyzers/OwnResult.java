package kontor.gateway.analyzers;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** A conclusion of an analyzer, beside the fields of its messages. */
public record OwnResult(
        @Schema(description = "session sequence of the event that it was found at") long sequence,
        @Schema(description = "0, 1, 2 ... in that event") int index,
        String analyzer,
        String analyzerVersion,
        @Schema(description = "in the analyzer's own words") @JsonProperty("result_type")
                String resultType,
        @Schema(description = "0 to 1") double confidence,
        @Schema(description = "what belongs to it, by name") @JsonProperty("analysis_data")
                Map<String, String> analysisData,
        @Schema(description = "session sequences of events that it is also about")
                @JsonProperty("related_events")
                List<Long> relatedEvents) {

    public OwnResult {
        analysisData = Map.copyOf(analysisData);
        relatedEvents = List.copyOf(relatedEvents);
    }
}
