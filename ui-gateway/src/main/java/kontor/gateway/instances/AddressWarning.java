package kontor.gateway.instances;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address in games' messages that means nobody in the lab, as of a game that advertises a
 * network card by which no other game reaches it.
 */
public record AddressWarning(
        @Schema(example = "default") String lab,
        @Schema(description = "the instance that named it first", example = "game1")
                String instance,
        @Schema(example = "192.168.56.1") String address,
        @Schema(
                        description = "in which fields of messages it stood",
                        example = "[\"dplay.sp_data.tcp.ip\"]")
                List<String> fields,
        @Schema(description = "others that named it later: they pass on what they were told")
                List<String> repeatedBy,
        @Schema(description = "how many events named it", example = "7") long events,
        @Schema(description = "session of the newest of them; absent between sessions")
                @Nullable String session,
        @Schema(description = "its session sequence", example = "42") long sequence,
        @Schema(description = "when it was captured") Instant at,
        @Schema(description = "what it means and what can be done, for a person") String text,
        @Schema(
                        description =
                                "the rule that mends it; absent where the instance's own address is"
                                        + " not known")
                @Nullable MendingRule rule) {

    public AddressWarning {
        fields = List.copyOf(fields);
        repeatedBy = List.copyOf(repeatedBy);
    }

    /** To be saved as it is: {@code PUT /api/rules/{file}}. */
    public record MendingRule(
            @Schema(example = "address-game1-192.168.56.1.yaml") String file, String text) {}
}
