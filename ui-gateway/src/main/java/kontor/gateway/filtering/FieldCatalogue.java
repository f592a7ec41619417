package kontor.gateway.filtering;

import java.util.List;
import kontor.filters.FilterLanguage;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.FieldDeclaration;
import org.springframework.stereotype.Component;

/**
 * The fields that filters may use: the built-in ones and those that the current analyzers declare.
 * {@link FieldFollower} keeps it up to date; until it has read them for the first time there are
 * the built-in ones only. Thread-safe, and never blocks.
 */
@Component
public final class FieldCatalogue {

    private record Known(List<FieldDeclaration> declarations, FilterLanguage language) {

        static Known of(List<FieldDeclaration> declarations) {
            return new Known(
                    List.copyOf(declarations),
                    new FilterLanguage(Catalogue.withBuiltIns(declarations)));
        }
    }

    private volatile Known known = Known.of(List.of());

    /** The language over the fields that there are now. */
    public FilterLanguage language() {
        return known.language;
    }

    /** Replaces the analyzers' fields. */
    void replace(List<FieldDeclaration> declarations) {
        known = Known.of(declarations);
    }

    /** Those of analyzers. */
    List<FieldDeclaration> declarations() {
        return known.declarations;
    }
}
