package kontor.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles one Java file in memory, against {@code java.base} and what it may see. */
public final class JavaSource {

    private JavaSource() {}

    /** What became of a source. */
    public sealed interface Compiled {

        /**
         * @param classes by binary name
         */
        record Classes(Map<String, byte[]> classes) implements Compiled {}

        record Refused(List<SourceProblem> problems) implements Compiled {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * Compiles a source. Never throws whatever the source is.
     *
     * @param className that of the public class
     */
    public static Compiled compile(String className, String source, Surface surface) {
        @Nullable JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            return new Compiled.Refused(
                    List.of(SourceProblem.of("this Java runtime has no compiler (jdk.compiler)")));
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (var standard = compiler.getStandardFileManager(said, Locale.ROOT, null);
                Memory memory = new Memory(standard, surface.visible())) {
            boolean done =
                    compiler.getTask(
                                    null,
                                    memory,
                                    said,
                                    List.of("-proc:none", "--limit-modules", "java.base", "-g"),
                                    null,
                                    List.of(new Text(className, source)))
                            .call();
            return done ? new Compiled.Classes(memory.classes()) : refused(said);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the compiler's files", e);
        }
    }

    private static Compiled refused(DiagnosticCollector<JavaFileObject> said) {
        return new Compiled.Refused(
                said.getDiagnostics().stream()
                        .map(found ->
                                new SourceProblem(
                                        Math.max(0, found.getLineNumber()),
                                        Math.max(0, found.getColumnNumber()),
                                        String.valueOf(found.getMessage(Locale.ROOT))))
                        .limit(20)
                        .toList());
    }

    private static URI uri(String scheme, String name, JavaFileObject.Kind kind) {
        return URI.create(scheme + ":///" + name.replace('.', '/') + kind.extension);
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String source;

        Text(String className, String source) {
            super(uri("source", className, Kind.SOURCE), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }

    /** A class of the interface, as a resource of this program, however it is packed. */
    private static final class ApiClass extends SimpleJavaFileObject {

        private final Class<?> type;

        ApiClass(Class<?> type) {
            super(uri("api", type.getName(), Kind.CLASS), Kind.CLASS);
            this.type = type;
        }

        @Override
        public InputStream openInputStream() throws IOException {
            String name = type.getName().replace('.', '/') + ".class";
            InputStream bytes = type.getClassLoader().getResourceAsStream(name);
            if (bytes == null) {
                throw new IOException("no class file of " + type);
            }
            return bytes;
        }
    }

    private static final class Written extends SimpleJavaFileObject {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Written(String className) {
            super(uri("written", className, Kind.CLASS), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    /** Sees nothing but the JDK and the interface; keeps what is written. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, Written> written = new HashMap<>();
        private final Map<String, List<Class<?>>> visible;

        Memory(JavaFileManager standard, Map<String, List<Class<?>>> visible) {
            super(standard);
            this.visible = visible;
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            written.forEach((name, file) -> classes.put(name, file.bytes.toByteArray()));
            return classes;
        }

        @Override
        public Iterable<JavaFileObject> list(
                Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean deep)
                throws IOException {
            if (location != StandardLocation.CLASS_PATH) {
                return super.list(location, packageName, kinds, deep);
            }
            List<JavaFileObject> found = new ArrayList<>();
            if (kinds.contains(JavaFileObject.Kind.CLASS)) {
                visible.getOrDefault(packageName, List.of())
                        .forEach(type -> found.add(new ApiClass(type)));
            }
            return found;
        }

        @Override
        public @Nullable String inferBinaryName(Location location, JavaFileObject file) {
            return file instanceof ApiClass api
                    ? api.type.getName()
                    : super.inferBinaryName(location, file);
        }

        @Override
        public boolean isSameFile(FileObject one, FileObject other) {
            return one.equals(other);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location,
                String className,
                JavaFileObject.Kind kind,
                @Nullable FileObject sibling) {
            return written.computeIfAbsent(className, Written::new);
        }
    }
}
