package kontor.analysis.analyzer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The analyzers that are loaded, in order. Immutable: a reload replaces it.
 *
 * @param analyzers each name once
 */
public record AnalyzerRegistry(List<Analyzer> analyzers) {

    /**
     * @throws IllegalArgumentException where two have the same name
     */
    public AnalyzerRegistry {
        analyzers = List.copyOf(analyzers);
        if (analyzers.stream().map(Analyzer::name).distinct().count() < analyzers.size()) {
            throw new IllegalArgumentException("two analyzers have the same name");
        }
    }

    /** {@code anno1602@0123456789ab, ...}, for logs. */
    @Override
    public String toString() {
        return analyzers.stream()
                .map(analyzer -> analyzer.name() + "@" + analyzer.version())
                .collect(Collectors.joining(", "));
    }
}
