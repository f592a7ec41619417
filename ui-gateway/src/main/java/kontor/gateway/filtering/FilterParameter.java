package kontor.gateway.filtering;

import java.util.Optional;
import kontor.filters.Compilation;
import kontor.filters.Filter;
import kontor.filters.syntax.Problem;
import kontor.gateway.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the parameter {@code filter} of lists and streams. */
@Component
public final class FilterParameter {

    /** What the parameter is, wherever there is one. */
    public static final String DESCRIPTION =
            "Wireshark's display filter syntax over the fields of /api/fields; all if left out";

    private final FieldCatalogue catalogue;
    private final FieldFollower fields;

    FilterParameter(FieldCatalogue catalogue, FieldFollower fields) {
        this.catalogue = catalogue;
        this.fields = fields;
    }

    /**
     * Empty if everything is wanted.
     *
     * @throws ProblemException if the text is no filter; it says where, and what was expected there
     */
    public Optional<Filter> read(@Nullable String text) {
        return Optional.of(readOrAll(text)).filter(filter -> !filter.isEmpty());
    }

    /** The filter that is always true if there is none. Blocks where fields may be new. */
    public Filter readOrAll(@Nullable String given) {
        String text = given == null ? "" : given;
        return switch (compiled(text)) {
            case Compilation.Compiled(Filter filter) -> filter;
            case Compilation.Refused(var problems) -> {
                Problem first =
                        problems.stream()
                                .filter(p -> p.severity() == Problem.Severity.ERROR)
                                .findFirst()
                                .orElseThrow();
                throw ProblemException.badFilter(
                        text, first.message(), first.offset(), first.length(), first.expected());
            }
        };
    }

    /** A text that is refused is read once more with what analyzers have declared by now. */
    private Compilation compiled(String text) {
        Compilation found = catalogue.language().compile(text);
        if (found instanceof Compilation.Refused) {
            fields.catchUp();
            return catalogue.language().compile(text);
        }
        return found;
    }
}
