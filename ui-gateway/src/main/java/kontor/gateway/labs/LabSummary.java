package kontor.gateway.labs;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A lab. */
public record LabSummary(
        @Schema(example = "default") String name,
        @Schema(description = "its instances by name") List<String> instances,
        @Schema(description = "its running session; absent where none runs")
                @Nullable UUID runningSession) {

    public LabSummary {
        instances = List.copyOf(instances);
    }
}
