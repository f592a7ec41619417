package kontor.analysis.user;

import java.util.List;

/** The versions that are in use, each name once. Immutable: a swap replaces it. */
public record UserAnalyzers(List<UserAnalyzer> current) {

    private static final UserAnalyzers NONE = new UserAnalyzers(List.of());

    public UserAnalyzers {
        current = List.copyOf(current);
    }

    public static UserAnalyzers none() {
        return NONE;
    }

    /** Returns whether exactly this version is among them. */
    public boolean has(UserAnalyzer analyzer) {
        return current.stream()
                .anyMatch(other ->
                        other.name().equals(analyzer.name())
                                && other.version().equals(analyzer.version()));
    }
}
