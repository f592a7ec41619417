package kontor.gateway.reloads;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One life of a service's process, as it says itself. */
public record ServiceSummary(
        @Schema(example = "orchestrator-service") String service,
        @Schema(description = "names this life of the process") String processId,
        @Schema(example = "4711") long pid,
        @Schema(
                        description =
                                "ready, standby (an orchestrator that waits for its turn) or"
                                        + " stopping, by its last word",
                        example = "ready")
                String state,
        @Schema(description = "its last word is recent, and was not that it stops") boolean there,
        @Schema(example = "1.0.0") String version,
        @Schema(description = "of an orchestrator that owns a partition; absent where it does not")
                @Nullable Long epoch,
        Instant startedAt,
        Instant lastHeardAt,
        @Schema(description = "its readers of logs; empty of an older version")
                List<FollowerSummary> followers) {

    public ServiceSummary {
        followers = List.copyOf(followers);
    }

    /** The same with its followers as they are known from elsewhere. */
    public ServiceSummary with(List<FollowerSummary> others) {
        return new ServiceSummary(
                service,
                processId,
                pid,
                state,
                there,
                version,
                epoch,
                startedAt,
                lastHeardAt,
                others);
    }
}
