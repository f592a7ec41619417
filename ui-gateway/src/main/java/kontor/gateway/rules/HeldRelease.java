package kontor.gateway.rules;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How something that waits is to go on. */
record HeldRelease(
        @Schema(description = "these instead, as hexadecimal digits; absent: as it is")
                @Nullable String bytes,
        @Schema(description = "fields that get other values, after the bytes were replaced")
                @Nullable List<Change> set,
        @Schema(description = "whether the next one on its way shall wait for a person, too")
                @Nullable Boolean holdNext) {

    /** As it is. */
    static final HeldRelease AS_IT_IS = new HeldRelease(null, null, null);

    /** A field. */
    record Change(
            @Schema(example = "x642.chat.text") String field,
            @Schema(example = "hello") String to,
            @Schema(
                            description =
                                    "which, if there are several: a filter on the fields of its"
                                            + " group")
                    @Nullable String where) {}
}
