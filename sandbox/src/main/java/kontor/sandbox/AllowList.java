package kontor.sandbox;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The classes that the code of a user may use: no clocks, files, threads, sockets or reflection,
 * and nothing that works for long or allocates much in one call, since such a call is not charged.
 */
public final class AllowList {

    private static final Set<String> CLASSES =
            Set.of(
                    "java.lang.ArithmeticException",
                    "java.lang.Boolean",
                    "java.lang.Byte",
                    "java.lang.CharSequence",
                    "java.lang.Character",
                    "java.lang.Comparable",
                    "java.lang.Double",
                    "java.lang.Enum",
                    "java.lang.Error",
                    "java.lang.Exception",
                    "java.lang.IllegalArgumentException",
                    "java.lang.IllegalStateException",
                    "java.lang.IndexOutOfBoundsException",
                    "java.lang.Integer",
                    "java.lang.Iterable",
                    "java.lang.Long",
                    "java.lang.MatchException",
                    "java.lang.Math",
                    "java.lang.NoSuchFieldError",
                    "java.lang.NumberFormatException",
                    "java.lang.Object",
                    "java.lang.Override",
                    "java.lang.Record",
                    "java.lang.Runnable",
                    "java.lang.RuntimeException",
                    "java.lang.Short",
                    "java.lang.String",
                    "java.lang.StringBuilder",
                    "java.lang.Throwable",
                    "java.lang.invoke.LambdaMetafactory",
                    "java.lang.invoke.MethodHandles",
                    "java.lang.invoke.MethodHandles$Lookup",
                    "java.lang.invoke.StringConcatFactory",
                    "java.lang.runtime.ObjectMethods",
                    "java.lang.runtime.SwitchBootstraps",
                    "java.util.ArrayDeque",
                    "java.util.ArrayList",
                    "java.util.Arrays",
                    "java.util.Collection",
                    "java.util.Deque",
                    "java.util.HashMap",
                    "java.util.HashSet",
                    "java.util.Iterator",
                    "java.util.LinkedHashMap",
                    "java.util.List",
                    "java.util.Map",
                    "java.util.Map$Entry",
                    "java.util.Objects",
                    "java.util.Optional",
                    "java.util.Set",
                    "java.util.TreeMap");

    private static final String FUNCTIONS = "java.util.function.";

    /** Of allowed classes, what must not be called. */
    private static final Set<String> METHODS =
            Set.of(
                    "java.lang.String.format",
                    "java.lang.String.formatted",
                    "java.lang.String.intern",
                    "java.lang.String.matches",
                    "java.lang.String.repeat",
                    "java.lang.String.replaceAll",
                    "java.lang.String.replaceFirst",
                    "java.lang.String.split",
                    "java.lang.StringBuilder.ensureCapacity",
                    "java.lang.StringBuilder.repeat",
                    "java.lang.StringBuilder.setLength",
                    "java.lang.invoke.MethodHandles.lookup",
                    "java.lang.Integer.getInteger",
                    "java.lang.Long.getLong",
                    "java.lang.Boolean.getBoolean",
                    "java.util.ArrayList.ensureCapacity",
                    "java.util.Arrays.copyOf",
                    "java.util.Arrays.copyOfRange",
                    "java.util.Arrays.parallelSetAll",
                    "java.util.Arrays.parallelSort",
                    "java.util.Arrays.stream",
                    "java.util.Collection.parallelStream",
                    "java.util.Collection.stream");

    /** What every class has; of an interface the compiler names the interface as owner. */
    private static final Set<String> EVERYWHERE = Set.of("getClass", "notify", "notifyAll", "wait");

    /** Constructors that take a capacity. */
    private static final Pattern SIZED = Pattern.compile("\\(I(F)?\\)V");

    private static final Pattern NAME = Pattern.compile("L([^;]+);");

    private AllowList() {}

    /** Returns the forbidden uses as readable messages; empty if there are none. */
    public static List<String> violations(Map<String, byte[]> classes, Surface surface) {
        List<String> found = new ArrayList<>();
        classes.forEach((name, bytes) -> {
            ClassModel model = ClassFile.of().parse(bytes);
            for (PoolEntry entry : model.constantPool()) {
                switch (entry) {
                    case ClassEntry used -> {
                        String type = elementOf(used.asInternalName());
                        if (!isAllowed(type, classes, surface)) {
                            found.add(type + " must not be used here");
                        }
                    }
                    case MemberRefEntry used -> check(used, surface, found);
                    default -> {}
                }
            }
            boolean grids =
                    model.methods().stream()
                            .flatMap(method -> method.code().stream())
                            .flatMap(code -> code.elementStream())
                            .anyMatch(NewMultiArrayInstruction.class::isInstance);
            if (grids) {
                found.add(name + " creates an array of arrays at once");
            }
            if (model.methods().stream().anyMatch(m -> m.methodName().equalsString("finalize"))) {
                found.add(name + " has a finalizer");
            }
            if (model.methods().stream().anyMatch(m -> m.flags().has(AccessFlag.NATIVE))) {
                found.add(name + " has a native method");
            }
        });
        return found.stream().distinct().toList();
    }

    /** The binary name of a class, or that of an array's elements; a primitive is an Object. */
    private static String elementOf(String internal) {
        if (!internal.startsWith("[")) {
            return internal.replace('/', '.');
        }
        var element = NAME.matcher(internal);
        return element.find() ? element.group(1).replace('/', '.') : Object.class.getName();
    }

    private static boolean isAllowed(String name, Map<String, byte[]> own, Surface surface) {
        return own.containsKey(name)
                || CLASSES.contains(name)
                || name.startsWith(FUNCTIONS)
                || surface.allowed().contains(name);
    }

    private static void check(MemberRefEntry used, Surface surface, List<String> found) {
        String owner = used.owner().asInternalName().replace('/', '.');
        String method = used.name().stringValue();
        boolean sized =
                !surface.isGenerated()
                        && method.equals("<init>")
                        && owner.startsWith("java.")
                        && SIZED.matcher(used.type().stringValue()).matches();
        boolean streams =
                owner.startsWith("java.util.")
                        && (method.equals("stream") || method.equals("parallelStream"));
        if (sized) {
            found.add(owner + " must not be created with a capacity");
        } else if (streams
                || EVERYWHERE.contains(method)
                || METHODS.contains(owner + "." + method)
                || surface.forbidden().contains(owner + "." + method)) {
            found.add(owner + "." + method + " must not be called here");
        }
    }
}
