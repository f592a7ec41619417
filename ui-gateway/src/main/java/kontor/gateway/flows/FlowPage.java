package kontor.gateway.flows;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import kontor.gateway.listing.Listed;
import org.jspecify.annotations.Nullable;

/** Flows in order of appearance. */
public record FlowPage(
        List<FlowSummary> flows,
        @Schema(description = "'after' for the next page; absent at the end")
                @Nullable Integer next)
        implements Listed {

    public FlowPage {
        flows = List.copyOf(flows);
    }

    @Override
    public List<?> listed() {
        return flows;
    }

    @Override
    public Map<String, String> following() {
        return next == null ? Map.of() : Map.of("after", next.toString());
    }
}
