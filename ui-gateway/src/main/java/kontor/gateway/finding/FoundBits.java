package kontor.gateway.finding;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import kontor.gateway.sampling.Sample;

/** Which bits changed during something, and never else. */
@Schema(
        description =
                "Bits that changed in every one of the windows, and never outside them up to the"
                        + " end of the last one.")
public record FoundBits(
        Sample sample,
        List<Window> windows,
        @Schema(description = "those that changed least often first; 1000 at most") List<Bit> bits,
        @Schema(description = "how many there are in all") int found,
        @Schema(
                        description =
                                "whether there were more kinds of messages than can be watched; a"
                                        + " filter helps")
                boolean overfull) {

    public FoundBits {
        windows = List.copyOf(windows);
        bits = List.copyOf(bits);
    }

    /** A stretch of the session in which something was done. */
    @Schema(name = "BitWindow")
    public record Window(
            @Schema(description = "session sequence, included") long first,
            @Schema(description = "session sequence, included") long last,
            @Schema(description = "that were looked at in it") long messages) {}

    /** A bit of the messages of one type and sender. */
    @Schema(name = "FoundBit")
    public record Bit(
            @Schema(example = "x642") String protocol,
            @Schema(example = "VALUES") String type,
            @Schema(example = "game1") String from,
            int offset,
            @Schema(description = "0 is the lowest of its byte") int bit,
            @Schema(description = "events with which it changed; 100 at most") List<Long> changes,
            @Schema(description = "before the first change") int was,
            @Schema(description = "after the last change") int is) {

        public Bit {
            changes = List.copyOf(changes);
        }
    }
}
