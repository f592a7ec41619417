package kontor.sandbox;

import java.util.Map;

/** The classes of one version of a source: charged, and in a loader that goes with them. */
public final class UserClasses extends ClassLoader {

    private static final String NAME = "user-code";

    private final Map<String, byte[]> classes;

    private UserClasses(Map<String, byte[]> classes, ClassLoader parent) {
        super(NAME, parent);
        this.classes = classes;
    }

    /**
     * Loads and initialises all classes, so that none of it happens at a message. The budget must
     * have begun.
     *
     * @param parent of the interface that they are written against
     * @return the class of that name
     * @throws Error whatever the initialisers throw
     */
    public static Class<?> load(Map<String, byte[]> classes, String className, ClassLoader parent)
            throws ClassNotFoundException {
        UserClasses loader = new UserClasses(BudgetPass.charge(classes), parent);
        for (String name : classes.keySet().stream().sorted().toList()) {
            Class.forName(name, true, loader);
        }
        return loader.loadClass(className);
    }

    /** Says what went wrong, with the line of the user's file if the stack tells it. */
    public static String describe(Throwable failure) {
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
