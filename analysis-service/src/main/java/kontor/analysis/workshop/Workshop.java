package kontor.analysis.workshop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of changed files. A version is used only after it has compiled and got
 * through its trial; whatever fails before leaves the last good version in use. Answers about a
 * version that the file no longer holds change nothing. Not thread-safe.
 */
public final class Workshop {

    private final Map<String, Bench> benches = new HashMap<>();

    /**
     * One analyzer.
     *
     * @param wanted the version that the file holds
     * @param used the version in use; empty for none
     */
    private record Bench(String file, String wanted, String used) {}

    public List<Step> on(Input input) {
        @Nullable Bench bench = benches.get(input.name());
        return switch (input) {
            case Input.FileChanged changed -> onChanged(changed, bench);
            case Input.FileRemoved removed -> onRemoved(removed.name(), bench);
            case Input.Compiled(String name, String version) ->
                    isWanted(bench, version)
                            ? List.of(new Step.Try(name, version))
                            : List.of(new Step.Discard(name, version));
            case Input.Trialled(String name, String version) -> {
                if (bench == null || !isWanted(bench, version)) {
                    yield List.of(new Step.Discard(name, version));
                }
                benches.put(name, new Bench(bench.file, version, version));
                yield List.of(
                        new Step.Swap(name, version),
                        tell(name, bench.file, version, "", List.of()));
            }
            case Input.Failed(String name, String version, List<Problem> problems) -> {
                Step discard = new Step.Discard(name, version);
                if (bench == null || !isWanted(bench, version)) {
                    yield List.of(discard);
                }
                yield List.of(discard, tell(name, bench.file, bench.used, version, problems));
            }
            case Input.Suspended(String name, String version, String problem) -> {
                if (bench == null || !bench.used.equals(version)) {
                    yield List.of();
                }
                benches.put(name, new Bench(bench.file, bench.wanted, ""));
                List<Problem> problems = List.of(Problem.of(problem));
                yield List.of(new Step.Retire(name), tell(name, bench.file, "", version, problems));
            }
        };
    }

    private List<Step> onChanged(Input.FileChanged changed, @Nullable Bench bench) {
        String used = bench == null ? "" : bench.used;
        benches.put(changed.name(), new Bench(changed.file(), changed.version(), used));
        if (used.equals(changed.version())) {
            // Changed back to the version in use: only an earlier error is cleared.
            return List.of(tell(changed.name(), changed.file(), used, "", List.of()));
        }
        return List.of(
                new Step.Compile(
                        changed.name(), changed.file(), changed.version(), changed.source()));
    }

    private List<Step> onRemoved(String name, @Nullable Bench bench) {
        if (bench == null) {
            return List.of();
        }
        benches.remove(name);
        return List.of(new Step.Retire(name), tell(name, bench.file, "", "", List.of()));
    }

    private static boolean isWanted(@Nullable Bench bench, String version) {
        return bench != null && bench.wanted.equals(version);
    }

    private static Step tell(
            String name, String file, String used, String refused, List<Problem> problems) {
        return new Step.Tell(new AnalyzerStatus(name, file, used, refused, problems));
    }
}
