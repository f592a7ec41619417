package kontor.gateway.messages;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message with a meaning.
 *
 * @param value text, number, boolean, list or map, as JSON has them
 */
public record Field(
        @Schema(description = "as filters use it", example = "dplay.command") String name,
        @Schema(description = "for a person", example = "Command") String label,
        @Schema(description = "from the message's first byte", example = "24") int offset,
        @Schema(
                        description = "0 for a generated field, which stands nowhere in the bytes",
                        example = "2")
                int length,
        @Schema(description = "as JSON has it", example = "2") @Nullable Object value,
        @Schema(description = "as a person wants to read it", example = "0x0002 ENUMSESSIONS")
                String display,
        @Schema(
                        description =
                                "for some bits of its bytes: a mask for each byte, as hexadecimal"
                                        + " digits; absent where all bits are its own",
                        example = "0000f0ff")
                @Nullable String bits,
        List<Field> children) {

    public Field {
        children = List.copyOf(children);
    }
}
