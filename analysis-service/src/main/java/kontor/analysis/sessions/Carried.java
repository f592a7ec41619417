package kontor.analysis.sessions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.analysis.reassembly.StreamBoundary;

/**
 * What a session of a lab leaves to the next one: TCP flows outlive sessions.
 *
 * @param boundaries by the analyzer's name
 */
public record Carried(Map<String, List<StreamBoundary>> boundaries) {

    private static final Carried NOTHING = new Carried(Map.of());

    public Carried {
        Map<String, List<StreamBoundary>> copy = new HashMap<>();
        boundaries.forEach((analyzer, streams) -> copy.put(analyzer, List.copyOf(streams)));
        boundaries = Map.copyOf(copy);
    }

    public static Carried nothing() {
        return NOTHING;
    }

    List<StreamBoundary> of(String analyzer) {
        return boundaries.getOrDefault(analyzer, List.of());
    }
}
