package kontor.gateway.reloads;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A reader of logs in a service's process, as that says itself. */
public record FollowerSummary(
        @Schema(description = "journal, analysis or tail", example = "journal") String name,
        @Schema(
                        description =
                                "starting, running, waiting (something is away; tries again) or"
                                        + " halted (stands still at something that a person should"
                                        + " look at)",
                        example = "running")
                FollowerState state,
        @Schema(description = "what it waits for or why it halted; absent while it runs")
                @Nullable String reason,
        Instant since) {

    /** Whether what it makes of the logs stays behind them. */
    public boolean standsStill() {
        return state == FollowerState.WAITING || state == FollowerState.HALTED;
    }
}
