package kontor.analysis.kaitai;

import io.kaitai.struct.KaitaiStruct;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.dissect.FieldDeclaration.NamedValue;
import kontor.analysis.dissect.FieldType;
import kontor.analysis.kaitai.KsyFile.KsyAttribute;
import kontor.analysis.kaitai.KsyFile.KsyType;

/**
 * The generated classes beside the types of their file: which fields there are, of which kind, and
 * how each is read. Nothing here outlives the classes.
 */
public final class Layout {

    private static final int DEEPEST = 8;
    private static final int MOST_VALUES = 1000;

    private final Map<Class<?>, List<Attribute>> byClass = new HashMap<>();
    private final Map<String, FieldDeclaration> declared = new LinkedHashMap<>();

    /**
     * A field of a class.
     *
     * @param getter parses first if it is an instance
     */
    record Attribute(KsyAttribute about, Method getter, boolean isInstance) {}

    private Layout() {}

    /**
     * Returns the layout of a file.
     *
     * @param root the generated class of its root type
     */
    public static Layout of(KsyFile file, Class<?> root) {
        Layout layout = new Layout();
        layout.add(root, file.root());
        layout.declare(file.id(), root, 0);
        return layout;
    }

    /** Returns the declarations of all fields, by name. */
    public Map<String, FieldDeclaration> declared() {
        return Map.copyOf(declared);
    }

    List<Attribute> of(Class<?> type) {
        return byClass.getOrDefault(type, List.of());
    }

    private void add(Class<?> type, KsyType about) {
        Stream<Attribute> seq = about.seq().stream().flatMap(a -> attribute(type, a, false));
        Stream<Attribute> instances =
                about.instances().stream().flatMap(a -> attribute(type, a, true));
        byClass.put(type, Stream.concat(seq, instances).toList());
        about.types()
                .forEach((id, inner) -> {
                    for (Class<?> nested : type.getDeclaredClasses()) {
                        if (nested.getSimpleName().equals(KsyFile.className(id))) {
                            add(nested, inner);
                        }
                    }
                });
    }

    private static Stream<Attribute> attribute(
            Class<?> type, KsyAttribute about, boolean isInstance) {
        try {
            return Stream.of(new Attribute(about, type.getMethod(about.member()), isInstance));
        } catch (NoSuchMethodException _) {
            // Not generated: nothing to show.
            return Stream.empty();
        }
    }

    private void declare(String prefix, Class<?> type, int depth) {
        for (Attribute attribute : of(type)) {
            String name = nameOf(prefix, attribute);
            List<Class<?>> kinds = kinds(attribute);
            boolean isGroup = kinds.stream().anyMatch(byClass::containsKey);
            Class<?> first = kinds.isEmpty() ? byte[].class : kinds.getFirst();
            KsyAttribute about = attribute.about();
            declared.putIfAbsent(
                    name,
                    new FieldDeclaration(
                            name,
                            isGroup ? FieldType.GROUP : fieldType(first),
                            about.unit(),
                            about.description(),
                            about.certainty(),
                            valuesOf(first)));
            if (depth < DEEPEST) {
                kinds.stream()
                        .filter(byClass::containsKey)
                        .forEach(kind -> declare(name, kind, depth + 1));
            }
        }
    }

    static String nameOf(String prefix, Attribute attribute) {
        return prefix + "." + attribute.about().id();
    }

    /** The classes that the values of an attribute may have; of a list, those of its elements. */
    private List<Class<?>> kinds(Attribute attribute) {
        Type type = attribute.getter().getGenericReturnType();
        if (type instanceof ParameterizedType list) {
            type = list.getActualTypeArguments()[0];
        }
        if (!(type instanceof Class<?> single)) {
            return List.of(byte[].class);
        }
        if (single != Object.class && !isAnyStruct(single)) {
            return List.of(single);
        }
        List<Class<?>> kinds = new ArrayList<>();
        for (String one : attribute.about().cases()) {
            String id = one.substring(one.lastIndexOf(':') + 1);
            byClass.keySet().stream()
                    .filter(known -> known.getSimpleName().equals(KsyFile.className(id)))
                    .forEach(kinds::add);
        }
        return kinds;
    }

    private static boolean isAnyStruct(Class<?> type) {
        return type == KaitaiStruct.class || type == KaitaiStruct.ReadOnly.class;
    }

    private static FieldType fieldType(Class<?> kind) {
        if (kind == boolean.class || kind == Boolean.class) {
            return FieldType.BOOLEAN;
        }
        if (kind == byte[].class) {
            return FieldType.BYTES;
        }
        boolean isDecimal =
                Stream.of(float.class, double.class, Float.class, Double.class)
                        .anyMatch(decimal -> decimal == kind);
        return kind == String.class || isDecimal ? FieldType.STRING : FieldType.INTEGER;
    }

    private static List<NamedValue> valuesOf(Class<?> kind) {
        if (!kind.isEnum()) {
            return List.of();
        }
        return Stream.of(kind.getEnumConstants())
                .limit(MOST_VALUES)
                .map(constant ->
                        new NamedValue(numberOf((Enum<?>) constant), nameOf((Enum<?>) constant)))
                .toList();
    }

    static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static long numberOf(Enum<?> value) {
        try {
            return (long) value.getDeclaringClass().getMethod("id").invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated enum has an id", e);
        }
    }
}
