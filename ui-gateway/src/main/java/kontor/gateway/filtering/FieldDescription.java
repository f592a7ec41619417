package kontor.gateway.filtering;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field that filters may use. */
public record FieldDescription(
        @Schema(example = "dplay.command") String name,
        @Schema(
                        description =
                                "integer, decimal, string, boolean, bytes, ipv4, time, duration,"
                                        + " group",
                        example = "integer")
                String type,
        @Schema(description = "absent for none", example = "B") @Nullable String unit,
        @Schema(description = "for a person") String description,
        @Schema(description = "verified, likely, guess", example = "verified") String certainty,
        @Schema(description = "earlier names: they work, and are deprecated") List<String> aliases,
        @Schema(description = "values with names") List<NamedValue> values) {

    public FieldDescription {
        aliases = List.copyOf(aliases);
        values = List.copyOf(values);
    }

    /** A value that has a name. */
    public record NamedValue(
            @Schema(description = "as a filter writes it", example = "0x16") String value,
            @Schema(description = "absent where the value says it itself", example = "PING")
                    @Nullable String name) {}
}
