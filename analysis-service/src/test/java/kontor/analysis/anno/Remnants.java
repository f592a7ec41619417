package kontor.analysis.anno;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kontor.analysis.analyzer.Message;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;

/** Compares a message's beginning with the whole. */
final class Remnants {

    private Remnants() {}

    /**
     * Fields of the beginning that the whole does not have so: texts and bytes that are cut off
     * excepted, which say less and nothing else.
     */
    static List<Field> inventedFields(Message begun, Message whole) {
        Set<Object> known = new HashSet<>();
        whole.fields().stream().flatMap(Field::flatten).map(Remnants::essence).forEach(known::add);
        return begun.fields().stream()
                .flatMap(Field::flatten)
                .filter(field -> !(field.value() instanceof FieldValue.None))
                .filter(field -> field.value() instanceof FieldValue.Numeric)
                .filter(field -> !known.contains(essence(field)))
                .toList();
    }

    private static Object essence(Field field) {
        return List.of(field.name(), field.offset(), field.length(), field.value());
    }
}
