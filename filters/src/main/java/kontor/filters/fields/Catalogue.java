package kontor.filters.fields;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fields that filters may use: the built-in ones and those that analyzers declare. Immutable.
 *
 * <p>The protocol of each field is a field of its own, of type {@link FieldType#GROUP}: {@code
 * dplay} is there where any {@code dplay.*} is.
 */
public final class Catalogue {

    private static final int SUGGESTIONS = 5;

    private final TreeMap<String, FieldDeclaration> byName = new TreeMap<>();
    private final Map<String, FieldDeclaration> byAlias = new HashMap<>();

    private Catalogue(Collection<FieldDeclaration> declarations) {
        for (FieldDeclaration field : declarations) {
            byName.putIfAbsent(field.name(), field);
        }
        for (FieldDeclaration field : declarations) {
            String protocol = FieldDeclaration.protocolOf(field.name());
            byName.computeIfAbsent(
                    protocol,
                    name ->
                            FieldDeclaration.of(
                                    name, FieldType.GROUP, "there are fields of " + name));
            field.aliases().forEach(alias -> byAlias.putIfAbsent(alias, field));
        }
    }

    /** Of several declarations of one name the first counts. */
    public static Catalogue of(Collection<FieldDeclaration> declarations) {
        return new Catalogue(declarations);
    }

    /** The built-in fields and these; a built-in name cannot be declared again. */
    public static Catalogue withBuiltIns(Collection<FieldDeclaration> declarations) {
        List<FieldDeclaration> all = new ArrayList<>(BuiltInFields.all());
        all.addAll(declarations);
        return of(all);
    }

    /** By name. */
    public List<FieldDeclaration> fields() {
        return List.copyOf(byName.values());
    }

    public Optional<FieldDeclaration> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The field that once had this name; a present name is no alias. */
    public Optional<FieldDeclaration> findByAlias(String alias) {
        return byName.containsKey(alias)
                ? Optional.empty()
                : Optional.ofNullable(byAlias.get(alias));
    }

    /** Whether a field's name begins so. */
    public boolean hasPrefix(String prefix) {
        String next = byName.ceilingKey(prefix);
        return next != null && next.startsWith(prefix);
    }

    /** Names like this one, the nearest first. */
    public List<String> near(String name) {
        record Distance(String name, int edits) {}

        int most = Math.max(2, name.length() / 3);
        return byName.keySet().stream()
                .map(known -> new Distance(known, distance(name, known)))
                .filter(known -> known.edits <= most)
                .sorted(Comparator.comparingInt(Distance::edits).thenComparing(Distance::name))
                .limit(SUGGESTIONS)
                .map(Distance::name)
                .toList();
    }

    /** How many letters must be changed, added or taken away; the last part of a name is enough. */
    private static int distance(String wanted, String known) {
        if (known.endsWith("." + wanted)) {
            return 1;
        }
        if (Math.abs(wanted.length() - known.length()) > Math.max(2, wanted.length() / 3)) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[known.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= wanted.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (wanted.charAt(i - 1) == known.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[known.length()];
    }
}
