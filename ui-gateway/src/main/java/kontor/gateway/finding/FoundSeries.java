package kontor.gateway.finding;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import kontor.gateway.sampling.Sample;

/** Which bytes behaved like a series of numbers. */
@Schema(description = "Places whose numbers changed as the series does.")
public record FoundSeries(
        Sample sample,
        List<Long> values,
        @Schema(description = "best first; 200 at most") List<Place> places,
        @Schema(
                        description =
                                "whether messages had more places than can be watched; a filter"
                                        + " helps")
                boolean overfull) {

    public FoundSeries {
        values = List.copyOf(values);
        places = List.copyOf(places);
    }

    /** A place in the messages of one type and sender. */
    @Schema(name = "SeriesPlace")
    public record Place(
            @Schema(example = "x642") String protocol,
            @Schema(example = "VALUES") String type,
            @Schema(example = "game1") String from,
            int offset,
            @Schema(description = "bytes: 1, 2 or 4") int width,
            @Schema(description = "little, big; of one byte: little") String order,
            @Schema(
                            description =
                                    "equal: these numbers one after the other; scaled: each times"
                                            + " 'factor'; shifted: each plus 'difference'; inOrder:"
                                            + " these numbers in this order, with others between")
                    String match,
            long factor,
            long difference,
            @Schema(description = "event with the first number of the match") long first,
            @Schema(description = "event with the last number of the match") long last,
            @Schema(description = "how often the number there changed in all") long changes) {}
}
