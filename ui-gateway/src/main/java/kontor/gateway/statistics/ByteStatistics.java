package kontor.gateway.statistics;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import kontor.gateway.sampling.Sample;
import org.jspecify.annotations.Nullable;

/** What the bytes of a message type do. */
@Schema(description = "What the bytes of the messages of one type do.")
public record ByteStatistics(
        Sample sample,
        String protocol,
        String type,
        @Schema(description = "absent: of all senders") @Nullable String from,
        long messages,
        @Schema(description = "bytes of the shortest message") int shortest,
        @Schema(description = "bytes of the longest message") int longest,
        @Schema(description = "first bytes of each message that were looked at", example = "256")
                int looked,
        @Schema(description = "one for each byte that some message has") List<Column> columns,
        @Schema(description = "what words of one, two or four bytes are, by their places")
                List<Finding> findings) {

    public ByteStatistics {
        columns = List.copyOf(columns);
        findings = List.copyOf(findings);
    }

    /** A byte of each message. */
    @Schema(name = "ByteColumn")
    public record Column(
            @Schema(example = "32") int offset,
            @Schema(description = "that have this byte") long messages,
            @Schema(description = "how many different values") int distinct,
            @Schema(description = "least value, 0 to 255") int least,
            @Schema(description = "greatest value, 0 to 255") int most,
            boolean constant,
            @Schema(description = "bits, 0 to 8: of the frequency of its values") double entropy,
            @Schema(
                            description =
                                    "how often it differed from the sender's message before, if"
                                            + " that had it")
                    long changes,
            @Schema(description = "how often each bit did so, the lowest first") List<Long> flips,
            @Schema(description = "its most frequent values, 16 at most, the most frequent first")
                    List<ValueCount> values) {

        public Column {
            flips = List.copyOf(flips);
            values = List.copyOf(values);
        }
    }

    /** A value that a byte has in some messages. */
    @Schema(name = "ByteValue")
    public record ValueCount(
            @Schema(description = "0 to 255", example = "42") int value,
            @Schema(description = "messages whose byte has it") long messages) {}

    /** What a word is, by its behaviour. */
    @Schema(
            name = "WordFinding",
            description =
                    "counter: rises by the same step from message to message of a sender; rising:"
                            + " never falls; length: the message's length plus a difference;"
                            + " earlier: the same as the word at 'other' in the same message;"
                            + " repeated: the same as the word at 'other' in the message before;"
                            + " player: always the id of a known player.")
    public record Finding(
            @Schema(example = "counter") String kind,
            int offset,
            @Schema(description = "bytes: 1, 2 or 4") int width,
            @Schema(description = "little, big; of one byte: little", example = "little")
                    String order,
            @Schema(description = "of a counter") @Nullable Long step,
            @Schema(description = "of a length: word - length of the message")
                    @Nullable Long difference,
            @Schema(description = "offset of the word that it repeats") @Nullable Integer other,
            @Schema(description = "part of the messages that it is true for, 0 to 1") double share,
            @Schema(description = "for a person") String text) {}
}
