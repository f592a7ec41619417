package kontor.gateway.filtering;

import java.util.List;
import kontor.filters.syntax.Problem;

/** Puts what the language says about a text into the API's words. */
public final class FilterWords {

    private FilterWords() {}

    public static List<FilterProblem> problems(List<Problem> problems) {
        return problems.stream().map(FilterWords::problem).toList();
    }

    private static FilterProblem problem(Problem problem) {
        return new FilterProblem(
                switch (problem.severity()) {
                    case ERROR -> "error";
                    case DEPRECATED -> "deprecated";
                },
                problem.offset(),
                problem.length(),
                problem.message(),
                problem.expected());
    }
}
