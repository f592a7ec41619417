package kontor.filters.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What filters can ask about a message.
 *
 * @param problem null for none
 * @param fields the values of all its fields, whatever their depth, as JSON has them; an empty list
 *     for a field without a value
 */
public record MessageFacts(
        String protocol,
        String type,
        String summary,
        String completeness,
        @Nullable String problem,
        String analyzer,
        int length,
        Map<String, List<Object>> fields) {

    public MessageFacts {
        Map<String, List<Object>> copied = new LinkedHashMap<>();
        fields.forEach((name, values) -> copied.put(name, List.copyOf(values)));
        fields = copied;
    }

    /** Whether there is a field of this name, or one of the protocol that has this name. */
    boolean has(String name) {
        return fields.containsKey(name)
                || (name.indexOf('.') < 0
                        && fields.keySet().stream()
                                .anyMatch(field -> field.startsWith(name + ".")));
    }

    List<Object> values(String name) {
        return fields.getOrDefault(name, List.of());
    }
}
