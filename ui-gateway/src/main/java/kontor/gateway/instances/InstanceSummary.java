package kontor.gateway.instances;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An instance, by its newest run. */
public record InstanceSummary(
        @Schema(example = "game1") String name,
        @Schema(example = "default") String lab,
        UUID run,
        @Schema(description = "the game's own address", example = "127.1.0.1")
                @Nullable String address,
        Instant runStartedAt,
        @Schema(description = "its adapter spoke within the last seconds, and has not stopped")
                boolean connected,
        @Schema(description = "when its adapter spoke last; absent if it did not")
                @Nullable Instant lastSeenAt,
        @Schema(description = "highest adapter sequence given", example = "812")
                @Nullable Long capturedEvents,
        @Schema(description = "highest one up to which the broker has all", example = "812")
                @Nullable Long publishedEvents,
        @Schema(description = "captured and not yet published, events", example = "0")
                @Nullable Long lagEvents,
        @Nullable Long capturedPayloadBytes,
        @Nullable Long deliveredPayloadBytes,
        @Schema(description = "captured and not yet published, bytes", example = "0")
                @Nullable Long spoolBytes,
        @Nullable Long spoolLimitBytes,
        @Schema(description = "the disk refuses what is captured: reading from the game is paused")
                @Nullable Boolean spoolRefused,
        @Nullable Integer openFlows,
        @Schema(
                        description =
                                "datagrams lost in this run: from the game in the adapter's sockets"
                                        + " or at its full spool, and for the game in the game's"
                                        + " own socket",
                        example = "0")
                @Nullable Long missedDatagrams,
        @Schema(description = "of them, in the adapter's sockets", example = "0")
                @Nullable Long missedInSockets,
        @Schema(
                        description =
                                "of them, in the game's own socket; counted where it is in the"
                                        + " network namespace of its adapter",
                        example = "0")
                @Nullable Long missedAtGame,
        @Schema(description = "the freeze that holds the game; absent while it runs")
                @Nullable String freezeId,
        @Schema(description = "as its adapter has it; absent if it did not speak")
                @Nullable InstanceNetwork network,
        @Schema(description = "as its adapter has measured it; absent while that is not known")
                @Nullable InstanceClock clock) {}
