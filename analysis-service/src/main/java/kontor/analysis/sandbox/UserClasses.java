package kontor.analysis.sandbox;

import java.util.Map;
import kontor.analyzers.MessageAnalyzer;

/** The classes of one version of an analyzer: charged, and in a loader that goes with them. */
final class UserClasses extends ClassLoader {

    private static final String NAME = "user-analyzer";

    private final Map<String, byte[]> classes;

    private UserClasses(Map<String, byte[]> classes) {
        super(NAME, MessageAnalyzer.class.getClassLoader());
        this.classes = classes;
    }

    /**
     * Loads and initialises all classes, so that none of it happens at a message. The budget must
     * have begun.
     *
     * @return the class of that name
     * @throws Error whatever the initialisers throw
     */
    static Class<?> load(Map<String, byte[]> classes, String className)
            throws ClassNotFoundException {
        UserClasses loader = new UserClasses(BudgetPass.charge(classes));
        for (String name : classes.keySet().stream().sorted().toList()) {
            Class.forName(name, true, loader);
        }
        return loader.loadClass(className);
    }

    /** Says what went wrong, with the line of the user's file if the stack tells it. */
    static String describe(Throwable failure) {
        // Of a class of the user's only the name: its getMessage() is the user's code.
        boolean isUsers = failure.getClass().getClassLoader() instanceof UserClasses;
        String text =
                failure.getClass().getSimpleName() + (isUsers ? "" : ": " + failure.getMessage());
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (NAME.equals(frame.getClassLoaderName())) {
                return "%s (%s, line %d)"
                        .formatted(text, frame.getFileName(), frame.getLineNumber());
            }
        }
        return text;
    }

    @Override
    protected Class<?> findClass(String className) throws ClassNotFoundException {
        byte[] bytes = classes.get(className);
        if (bytes == null) {
            throw new ClassNotFoundException(className);
        }
        return defineClass(className, bytes, 0, bytes.length);
    }
}
