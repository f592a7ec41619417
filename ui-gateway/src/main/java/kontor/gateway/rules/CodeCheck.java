package kontor.gateway.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import kontor.rules.CodeRule;
import kontor.rules.CodeRule.Limits;
import kontor.rules.CodeRule.Loaded;
import kontor.rules.RuleFile;
import kontor.rules.RuleProblem;
import org.jspecify.annotations.Nullable;

/**
 * Compiles rules in Java and calls each once, before they are asked for: what is wrong is known
 * here, with its place. Remembers the last texts, as each look into the directory asks again.
 * Thread-safe; blocks while the compiler runs.
 */
final class CodeCheck {

    private static final int REMEMBERED = 200;

    private final Map<RuleFile, List<RuleProblem>> known =
            new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<RuleFile, List<RuleProblem>> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /** Empty for files in another language, and for those that can be used. */
    synchronized List<RuleProblem> problems(RuleFile file) {
        if (!CodeRule.isCode(file.name())) {
            return List.of();
        }
        @Nullable List<RuleProblem> before = known.get(file);
        if (before != null) {
            return before;
        }
        List<RuleProblem> found =
                apart(() ->
                        switch (CodeRule.load(file, Limits.OF_A_PACKET)) {
                            case Loaded.Refused(List<RuleProblem> problems) -> problems;
                            case Loaded.Ready(CodeRule rule) -> rule.trial();
                        });
        known.put(file, found);
        return found;
    }

    /**
     * Does something that calls code of users, and waits for it: of a virtual thread it is not
     * known how much it has allocated.
     */
    static <T> T apart(Supplier<T> what) {
        FutureTask<T> task = new FutureTask<>(what::get);
        Thread.ofPlatform().name("kontor-rule-code-1").daemon().start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
