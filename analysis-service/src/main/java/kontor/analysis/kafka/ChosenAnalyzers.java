package kontor.analysis.kafka;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kontor.analysis.sandbox.AnalyzerLoader;
import kontor.analysis.sandbox.LoadedAnalyzers;
import kontor.analysis.sandbox.SandboxedAnalyzer.Loaded;
import kontor.analysis.store.RunStore;
import kontor.analysis.store.RunStore.Run;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.user.UserAnalyzer.Source;
import kontor.analysis.user.UserAnalyzers;

/** The analyzers of users that a run works with. */
final class ChosenAnalyzers {

    private final LoadedAnalyzers loaded;
    private final AnalyzerLoader loader;
    private final RunStore runs;

    ChosenAnalyzers(LoadedAnalyzers loaded, AnalyzerLoader loader, RunStore runs) {
        this.loaded = loaded;
        this.loader = loader;
        this.runs = runs;
    }

    /**
     * The versions in use, except those that the run names.
     *
     * @throws IllegalArgumentException if one is not there, or cannot be loaded
     */
    UserAnalyzers of(Run run) {
        Map<String, UserAnalyzer> users = new TreeMap<>();
        loaded.inUse().current().forEach(user -> users.put(user.name(), user));
        run.wanted()
                .forEach((name, version) -> {
                    if (version.isEmpty()) {
                        users.remove(name);
                    } else {
                        users.put(name, load(name, version));
                    }
                });
        return new UserAnalyzers(List.copyOf(users.values()));
    }

    private UserAnalyzer load(String name, String version) {
        Source source = runs.source(name, version).orElse(null);
        if (source == null) {
            throw new IllegalArgumentException(
                    "there is no version %s of analyzer %s".formatted(version, name));
        }
        return switch (loader.load(source)) {
            case Loaded.Ready(UserAnalyzer analyzer) -> analyzer;
            case Loaded.Refused(var problems) ->
                    throw new IllegalArgumentException(
                            problems.stream()
                                    .map(p ->
                                            "%s:%d:%d: %s"
                                                    .formatted(
                                                            source.file(),
                                                            p.line(),
                                                            p.column(),
                                                            p.message()))
                                    .collect(Collectors.joining("; ")));
        };
    }
}
