package kontor.gateway.flows;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flows in order of appearance. */
public record FlowPage(
        List<FlowSummary> flows,
        @Schema(description = "'after' for the next page; absent at the end")
                @Nullable Integer next) {

    public FlowPage {
        flows = List.copyOf(flows);
    }
}
