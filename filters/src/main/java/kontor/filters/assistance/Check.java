package kontor.filters.assistance;

import java.util.List;
import java.util.Locale;
import kontor.filters.fields.Catalogue;
import kontor.filters.syntax.Analysis;
import kontor.filters.syntax.Problem;

/** What a text is while it is being typed. */
public record Check(State state, List<Problem> problems) {

    public Check {
        problems = List.copyOf(problems);
    }

    /** As filter bars colour it. */
    public enum State {
        /** No filter: everything is shown. */
        EMPTY,
        /** No filter yet, but typing on at the caret can make it one. */
        INTERMEDIATE,
        INVALID,
        /** It works, with a name that will go. */
        DEPRECATED,
        VALID;

        /** As the API spells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Check of(String text, int caret, Catalogue catalogue) {
        if (text.isBlank()) {
            return new Check(State.EMPTY, List.of());
        }
        Analysis analysis = Analysis.of(text, catalogue);
        List<Problem> problems = analysis.problems();
        if (analysis.condition().isPresent()) {
            return new Check(problems.isEmpty() ? State.VALID : State.DEPRECATED, problems);
        }
        boolean curable =
                problems.stream()
                        .filter(p -> p.severity() == Problem.Severity.ERROR)
                        .allMatch(p -> isBeingTyped(p, caret));
        return new Check(curable ? State.INTERMEDIATE : State.INVALID, problems);
    }

    private static boolean isBeingTyped(Problem problem, int caret) {
        return problem.unfinished()
                && (problem.length() == 0
                        ? caret >= problem.offset()
                        : caret > problem.offset() && caret <= problem.end());
    }
}
