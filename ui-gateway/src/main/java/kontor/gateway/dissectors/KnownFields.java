package kontor.gateway.dissectors;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.filters.fields.FieldDeclaration;
import org.jspecify.annotations.Nullable;

/** What analyzers have declared of a protocol's fields, by name. */
final class KnownFields {

    private final Map<String, FieldDeclaration> fields = new HashMap<>();

    KnownFields(Collection<FieldDeclaration> declared, String protocol) {
        for (FieldDeclaration field : declared) {
            if (FieldDeclaration.protocolOf(field.name()).equals(protocol)) {
                fields.put(field.name(), field);
            }
        }
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** Empty if no analyzer knows it. */
    Optional<FieldDeclaration> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Description, unit and certainty in one line. */
    String describe(String name) {
        @Nullable FieldDeclaration field = fields.get(name);
        if (field == null) {
            return "";
        }
        String unit = field.unit().isEmpty() ? "" : " (" + field.unit() + ")";
        String certainty = field.certainty().name().toLowerCase(java.util.Locale.ROOT);
        return field.description() + unit + ", " + certainty;
    }

    /** Values that have names of their own: {@code 0x84f, "VALUES"}. */
    List<Named> named(String name) {
        return field(name).stream()
                .flatMap(field -> field.values().stream())
                .filter(value -> !value.name().isEmpty())
                .map(value -> new Named(Long.decode(value.literal()), value.name()))
                .toList();
    }

    record Named(long value, String name) {}
}
