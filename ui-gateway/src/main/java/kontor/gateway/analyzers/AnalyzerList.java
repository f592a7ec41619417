package kontor.gateway.analyzers;

import java.util.List;

/** All analyzers. */
public record AnalyzerList(List<AnalyzerSummary> analyzers) {

    public AnalyzerList {
        analyzers = List.copyOf(analyzers);
    }
}
