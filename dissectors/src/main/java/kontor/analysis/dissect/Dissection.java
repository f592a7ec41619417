package kontor.analysis.dissect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of the bytes of one message.
 *
 * @param protocol short name, as filters use it
 * @param type in the protocol's own spelling
 * @param summary one line for a person
 * @param fields in the order of the bytes; every byte is in the range of a leaf among them
 * @param problem why the bytes do not fit their layout; empty where they do
 */
public record Dissection(
        String protocol,
        String type,
        String summary,
        List<Field> fields,
        Optional<String> problem) {

    private static final int SUMMARY_LIMIT = 240;

    public Dissection {
        fields = List.copyOf(fields);
        if (summary.length() > SUMMARY_LIMIT) {
            // Not between the halves of a character.
            boolean isSplit = Character.isHighSurrogate(summary.charAt(SUMMARY_LIMIT - 1));
            summary = summary.substring(0, isSplit ? SUMMARY_LIMIT - 1 : SUMMARY_LIMIT) + "...";
        }
    }

    /** All fields of this name, in the order of the bytes. */
    public Stream<Field> all(String name) {
        return fields.stream().flatMap(Field::flatten).filter(field -> field.name().equals(name));
    }

    public Optional<Field> first(String name) {
        return all(name).findFirst();
    }
}
