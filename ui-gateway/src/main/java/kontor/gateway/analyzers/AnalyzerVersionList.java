package kontor.gateway.analyzers;

import java.util.List;

/** The versions of a user's analyzer that can be run and promoted, newest first. */
public record AnalyzerVersionList(List<AnalyzerVersion> versions) {

    public AnalyzerVersionList {
        versions = List.copyOf(versions);
    }
}
