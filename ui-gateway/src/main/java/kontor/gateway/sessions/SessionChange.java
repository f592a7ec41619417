package kontor.gateway.sessions;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to be said of a session from now on; what is left out stays. */
record SessionChange(
        @Schema(
                        description =
                                "up to 100 characters; an empty one brings back <lab> <ordinal>",
                        example = "first trade")
                @Nullable String name,
        @Schema(description = "up to 10000 characters; an empty one takes it away")
                @Nullable String note) {}
