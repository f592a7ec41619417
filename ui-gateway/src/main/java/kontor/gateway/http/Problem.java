package kontor.gateway.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What went wrong, as RFC 9457 has it. */
@Schema(description = "What went wrong, as RFC 9457 has it.")
record Problem(
        @Schema(
                        description = "stable, for programs",
                        example = "urn:kontor:problem:unknown-parameter")
                String type,
        @Schema(example = "There is no such parameter") String title,
        @Schema(example = "400") int status,
        @Schema(
                        description = "for a person",
                        example = "'filtre' is no parameter here; allowed: after, before, limit")
                String detail,
        @Schema(description = "the request's path", example = "/api/sessions") String instance,
        @Schema(description = "what is wrong, where it is one value", example = "filtre")
                @Nullable String parameter,
        @Nullable String value,
        @Schema(description = "what would be right") @Nullable List<String> allowed,
        @Schema(description = "of a filter: where it is wrong, in UTF-16 units", example = "9")
                @Nullable Integer offset,
        @Schema(description = "of a filter: how much is wrong; 0: something is missing")
                @Nullable Integer length,
        @Schema(description = "of a filter: what would be right there")
                @Nullable List<String> expected) {}
