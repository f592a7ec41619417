package kontor.orchestrator.sequencer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * The TCP flows of a lab: all that are open, and the last that have closed. Part of a {@link
 * LabState}; changed by folding only.
 */
final class TcpFlows {

    /**
     * A late event of a flow that closed longer ago is refused all the same, for a vaguer reason.
     */
    static final int CLOSED_KEPT = 1_024;

    private final Map<FlowReference, TcpFlow> open = new LinkedHashMap<>();
    private final Map<FlowReference, TcpFlow> closed = new LinkedHashMap<>();

    /**
     * Takes in what is known of a flow now.
     *
     * @return the flow that closed longest ago, if it is forgotten for this one; else null
     */
    @Nullable FlowReference put(TcpFlow flow) {
        if (!flow.closed()) {
            open.put(flow.reference(), flow);
            return null;
        }
        open.remove(flow.reference());
        closed.put(flow.reference(), flow);
        if (closed.size() <= CLOSED_KEPT) {
            return null;
        }
        FlowReference eldest = closed.keySet().iterator().next();
        closed.remove(eldest);
        return eldest;
    }

    /** Open or closed; null for one never seen, or closed long ago. */
    @Nullable TcpFlow get(FlowReference reference) {
        @Nullable TcpFlow found = open.get(reference);
        return found != null ? found : closed.get(reference);
    }

    /** Null for one that is not open. */
    @Nullable TcpFlow open(FlowReference reference) {
        return open.get(reference);
    }

    /** In the order in which they were opened. */
    List<TcpFlow> openOf(RunId run) {
        List<TcpFlow> found = new ArrayList<>();
        for (TcpFlow flow : open.values()) {
            if (flow.touches(run)) {
                found.add(flow);
            }
        }
        return found;
    }

    boolean isAnyOpen() {
        return !open.isEmpty();
    }

    /** In the order in which they were opened. */
    List<TcpFlow> open() {
        return List.copyOf(open.values());
    }

    /** In the order in which they closed. */
    List<TcpFlow> closed() {
        return List.copyOf(closed.values());
    }
}
