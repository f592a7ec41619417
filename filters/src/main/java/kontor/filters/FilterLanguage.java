package kontor.filters;

import java.util.List;
import kontor.filters.assistance.Check;
import kontor.filters.assistance.Completion;
import kontor.filters.assistance.Proposal;
import kontor.filters.fields.Catalogue;
import kontor.filters.syntax.Analysis;

/**
 * The filter language over a catalogue of fields. Pure: nothing throws, whatever the text, and each
 * call ends in bounded time. Immutable.
 */
public final class FilterLanguage {

    private final Catalogue catalogue;

    public FilterLanguage(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    /** Makes a filter of a text; the empty text is one that is always true. */
    public Compilation compile(String text) {
        Analysis analysis = Analysis.of(text, catalogue);
        return analysis.condition()
                .<Compilation>map(condition ->
                        new Compilation.Compiled(new Filter(text, condition, analysis.problems())))
                .orElseGet(() -> new Compilation.Refused(analysis.problems()));
    }

    /**
     * Says what a text is while it is being typed.
     *
     * @param caret between 0 and the text's length: what is unfinished there may still be cured
     */
    public Check check(String text, int caret) {
        return Check.of(text, Math.clamp(caret, 0, text.length()), catalogue);
    }

    /** The same with the caret at the end. */
    public Check check(String text) {
        return check(text, text.length());
    }

    /** What may be typed at the caret, the likeliest first. */
    public List<Proposal> complete(String text, int caret) {
        return Completion.of(text, Math.clamp(caret, 0, text.length()), catalogue);
    }
}
