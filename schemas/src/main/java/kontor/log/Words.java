package kontor.log;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What tables and API call the constants of the protobuf enums: {@code timed_out}. */
public final class Words {

    /** Of the constants that this version knows; made once, as each event asks for some. */
    private static final Map<EnumValueDescriptor, String> WORDS = new ConcurrentHashMap<>();

    private Words() {}

    /**
     * The word of a number that this version may not know.
     *
     * @return the constant's name less its type's, in lower case
     */
    public static String of(EnumDescriptor type, int number) {
        return of(type.findValueByNumberCreatingIfUnknown(number));
    }

    static String of(EnumValueDescriptor value) {
        boolean known = value.getIndex() >= 0;
        return known ? WORDS.computeIfAbsent(value, Words::word) : word(value);
    }

    private static String word(EnumValueDescriptor value) {
        String prefix = snake(value.getType().getName()) + "_";
        String name = value.getName().toLowerCase(Locale.ROOT);
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    /** {@code RefusalCause} becomes {@code refusal_cause}. */
    private static String snake(String camel) {
        StringBuilder snake = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c) && !snake.isEmpty()) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }
}
