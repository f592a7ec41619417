package kontor.analysis.workshop;

import java.util.List;

/**
 * The status of a user's analyzer.
 *
 * @param file its name in the watched directory
 * @param version in use; empty for none
 * @param refused the version that was refused last, while it is what the file holds; else empty
 * @param problems why it was refused
 */
public record AnalyzerStatus(
        String name, String file, String version, String refused, List<Problem> problems) {

    public AnalyzerStatus {
        problems = List.copyOf(problems);
    }

    /** Returns "current", "refused" (an earlier version may be in use) or "removed". */
    public String state() {
        if (!refused.isEmpty()) {
            return "refused";
        }
        return version.isEmpty() ? "removed" : "current";
    }
}
