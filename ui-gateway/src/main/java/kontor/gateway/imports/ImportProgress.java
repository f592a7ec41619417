package kontor.gateway.imports;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far an import is. */
record ImportProgress(
        @Schema(description = "of the session; empty for none") String name,
        @Schema(description = "absent while the capture is surveyed") @Nullable UUID session,
        @Schema(description = "of the capture; 0 while it is surveyed") int frames,
        @Schema(description = "events that were published") long published,
        @Schema(description = "session events that came of them by now") long sequenced) {

    ImportProgress sequenced(long sequence) {
        return new ImportProgress(name, session, frames, published, sequence);
    }
}
