package kontor.filters;

import java.util.List;
import kontor.filters.syntax.Problem;

/** What became of a text. */
public sealed interface Compilation {

    /** It is a filter, perhaps with warnings. */
    record Compiled(Filter filter) implements Compilation {}

    /**
     * @param problems at least one error, in the order of the text; warnings too
     */
    record Refused(List<Problem> problems) implements Compilation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
