package kontor.gateway.instances;

import io.swagger.v3.oas.annotations.media.Schema;

/** How an adapter's clock, which the times of its packets come from, compares to the broker's. */
public record InstanceClock(
        @Schema(
                        description =
                                "how far the broker's clock is ahead of the adapter's; negative:"
                                        + " behind",
                        example = "-1840")
                long brokerAheadMicros,
        @Schema(
                        description = "the true value is no further than this from the other",
                        example = "900")
                long uncertaintyMicros) {}
