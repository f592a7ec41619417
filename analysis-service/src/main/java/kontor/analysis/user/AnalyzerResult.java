package kontor.analysis.user;

import java.util.List;
import java.util.Map;

/**
 * A result of an analyzer's own, beside the fields.
 *
 * @param type in the analyzer's own words
 * @param confidence 0 to 1
 * @param relatedEvents session sequences
 */
public record AnalyzerResult(
        String type, double confidence, Map<String, String> data, List<Long> relatedEvents) {

    public AnalyzerResult {
        data = Map.copyOf(data);
        relatedEvents = List.copyOf(relatedEvents);
    }
}
