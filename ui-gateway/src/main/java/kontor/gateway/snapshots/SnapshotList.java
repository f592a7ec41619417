package kontor.gateway.snapshots;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The snapshots of a lab's games. */
public record SnapshotList(
        @Schema(example = "default") String lab,
        @Schema(description = "whether any can be taken or restored where the games run")
                boolean available,
        @Schema(
                        description = "why not, as a sentence without its end",
                        example =
                                "'criu check' fails here (exit status 1): Error: no CAP_SYS_ADMIN")
                @Nullable String refusal,
        @Schema(description = "the earliest first") List<SnapshotSummary> snapshots,
        @Schema(description = "what was asked for lately, the newest first")
                List<SnapshotAct> acts) {

    public SnapshotList {
        snapshots = List.copyOf(snapshots);
        acts = List.copyOf(acts);
    }
}
