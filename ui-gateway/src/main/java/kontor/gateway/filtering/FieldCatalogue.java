package kontor.gateway.filtering;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import kontor.filters.FilterLanguage;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.Certainty;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import kontor.filters.fields.KnownValue;
import org.springframework.stereotype.Component;

/**
 * The fields that filters may use here: the built-in ones and those of the analyzers. As long as
 * analyzers do not declare theirs, what they find today is listed in {@code fields/analysis.tsv}.
 */
@Component
public final class FieldCatalogue {

    private static final String LIST = "/fields/analysis.tsv";

    private final FilterLanguage language;

    FieldCatalogue() {
        this(read());
    }

    /**
     * @param declarations those of analyzers
     */
    FieldCatalogue(List<FieldDeclaration> declarations) {
        this.language = new FilterLanguage(Catalogue.withBuiltIns(declarations));
    }

    /** The language over the fields that there are now. */
    public FilterLanguage language() {
        return language;
    }

    private static List<FieldDeclaration> read() {
        try (InputStream list =
                Objects.requireNonNull(FieldCatalogue.class.getResourceAsStream(LIST), LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(FieldCatalogue::declaration)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(LIST, e);
        }
    }

    /** Name, type, label and, where there are such, named values, with tabs between them. */
    private static FieldDeclaration declaration(String line) {
        String[] columns = line.split("\t", -1);
        FieldType type = FieldType.valueOf(columns[1].toUpperCase(Locale.ROOT));
        FieldDeclaration field =
                FieldDeclaration.of(columns[0], type, columns[2])
                        .withCertainty(
                                columns[2].endsWith("?") ? Certainty.GUESS : Certainty.VERIFIED);
        return columns.length < 4 ? field : field.withValues(values(columns[3]));
    }

    private static List<KnownValue> values(String column) {
        List<KnownValue> values = new ArrayList<>();
        for (String value : column.split(" ", -1)) {
            int equals = value.indexOf('=');
            values.add(new KnownValue(value.substring(0, equals), value.substring(equals + 1)));
        }
        return values;
    }
}
