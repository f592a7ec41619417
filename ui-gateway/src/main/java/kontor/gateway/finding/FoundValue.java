package kontor.gateway.finding;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import kontor.gateway.sampling.Sample;

/** Where a number stands in the bytes of a session. */
@Schema(description = "Where a number stands in the messages of a session.")
public record FoundValue(
        Sample sample,
        long value,
        @Schema(description = "how often in all") long occurrences,
        @Schema(description = "places in message types, most frequent first; 1000 at most")
                List<Place> places,
        @Schema(description = "the newest 200, rising") List<Hit> hits) {

    public FoundValue {
        places = List.copyOf(places);
        hits = List.copyOf(hits);
    }

    /** A place in the messages of one type. */
    @Schema(name = "ValuePlace")
    public record Place(
            @Schema(example = "x642") String protocol,
            @Schema(example = "VALUES") String type,
            int offset,
            @Schema(description = "bytes, as many as hold the number there", example = "4")
                    int width,
            @Schema(description = "little, big; of one byte: little") String order,
            long occurrences,
            @Schema(description = "event of the first") long first,
            @Schema(description = "event of the last") long last) {}

    /** One occurrence. */
    @Schema(name = "ValueHit")
    public record Hit(
            long sequence,
            int index,
            String analyzer,
            String protocol,
            String type,
            String from,
            int offset,
            int width,
            String order) {}
}
