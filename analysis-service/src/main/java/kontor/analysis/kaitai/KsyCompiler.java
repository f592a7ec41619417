package kontor.analysis.kaitai;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.analysis.workshop.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Kaitai Struct compiler, which is a program of its own: started with the first file and kept
 * running, so that a change costs a compilation and no start. One that does not answer in time, or
 * ends, is started again with the next file. For one thread.
 */
public final class KsyCompiler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KsyCompiler.class);

    private static final String PROGRAM = "io.kaitai.struct.JavaMain";

    /** Java for one file of 256 KB is a good deal shorter. */
    private static final int MOST_ANSWER = 8 * 1024 * 1024;

    private final Path home;
    private final Duration patience;
    private final JsonMapper json = new JsonMapper();
    private @Nullable Path workspace;
    private @Nullable Process running;

    /** What became of a file. */
    public sealed interface Compiled {

        /**
         * @param className of the root type
         */
        record Generated(String className, String source) implements Compiled {}

        record Refused(List<Problem> problems) implements Compiled {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * @param home the directory of the compiler's jars
     * @param patience how long a compilation may take
     */
    public KsyCompiler(Path home, Duration patience) {
        this.home = home;
        this.patience = patience;
    }

    /** Compiles a file to Java. Whatever goes wrong is a problem of the file. */
    public Compiled compile(KsyFile file, String source) {
        try {
            Path place = workspace();
            Path written = place.resolve(file.file());
            Path out = place.resolve("out");
            Files.writeString(written, source);
            try {
                String answer = ask(written, out);
                return read(file, answer, out);
            } finally {
                Files.deleteIfExists(written);
                empty(out);
            }
        } catch (IOException | UncheckedIOException e) {
            end();
            return refused("the Kaitai Struct compiler cannot be used: " + e.getMessage());
        }
    }

    private String ask(Path file, Path out) throws IOException {
        Process process = process();
        String order =
                String.join(
                        "\t",
                        "--target",
                        "java",
                        "--debug",
                        "--ksc-json-output",
                        "--outdir",
                        out.toString(),
                        file.toString());
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("kontor-kaitai")
                .start(() -> {
                    try {
                        process.getOutputStream()
                                .write((order + "\n").getBytes(StandardCharsets.UTF_8));
                        process.getOutputStream().flush();
                        DataInputStream in = new DataInputStream(process.getInputStream());
                        int length = in.readInt();
                        if (length < 0 || length > MOST_ANSWER) {
                            throw new IOException("an answer of %d bytes".formatted(length));
                        }
                        answer.complete(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                    } catch (IOException | RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("it ended: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("it did not answer within " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Compiled read(KsyFile file, String answer, Path out) throws IOException {
        JsonNode result;
        try {
            result = json.readTree(answer).path(out.resolveSibling(file.file()).toString());
        } catch (JacksonException _) {
            return refused("the Kaitai Struct compiler failed: " + answer);
        }
        JsonNode errors = result.path("errors");
        if (!errors.isEmpty()) {
            List<Problem> problems = new ArrayList<>();
            errors.forEach(error -> problems.add(problem(file, error)));
            return new Compiled.Refused(problems);
        }
        String spec = result.path("firstSpecName").asString("");
        JsonNode generated = result.path("output").path("java").path(spec);
        String className = generated.path("topLevelName").asString("");
        Path source = out.resolve(className + ".java");
        return className.isEmpty()
                ? refused("the Kaitai Struct compiler generated nothing: " + answer)
                : new Compiled.Generated(className, Files.readString(source));
    }

    private static Problem problem(KsyFile file, JsonNode error) {
        String message = error.path("message").asString("unknown error");
        if (error.has("line")) {
            return new Problem(error.path("line").asLong(0), error.path("col").asLong(0), message);
        }
        String path =
                error.path("path")
                        .valueStream()
                        .map(part -> part.asString(""))
                        .collect(Collectors.joining("/"));
        return file.places().problem(path, message);
    }

    private static Compiled refused(String problem) {
        return new Compiled.Refused(List.of(Problem.of(problem)));
    }

    private Process process() throws IOException {
        Process process = running;
        if (process != null && process.isAlive()) {
            return process;
        }
        List<String> classPath = new ArrayList<>(jars());
        classPath.add(0, workspace().resolve("classes").toString());
        Process started =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx192m",
                                "-Xss4m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:-UsePerfData",
                                "-cp",
                                String.join(java.io.File.pathSeparator, classPath),
                                CompilerMain.class.getName(),
                                PROGRAM)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        running = started;
        LOG.info("Kaitai Struct compiler started, pid {}", started.pid());
        return started;
    }

    private List<String> jars() throws IOException {
        if (!Files.isDirectory(home)) {
            throw new IOException("there is no directory " + home);
        }
        try (Stream<Path> files = Files.list(home)) {
            return files.map(Path::toString).filter(f -> f.endsWith(".jar")).sorted().toList();
        }
    }

    /** A directory of this object's own, with the class that the other process begins with. */
    private Path workspace() throws IOException {
        Path known = workspace;
        if (known != null) {
            return known;
        }
        Path made = Files.createTempDirectory("kontor-kaitai");
        String resource = CompilerMain.class.getName().replace('.', '/') + ".class";
        Path target = made.resolve("classes").resolve(resource);
        Files.createDirectories(target.resolveSibling(""));
        try (@Nullable InputStream bytes =
                CompilerMain.class.getClassLoader().getResourceAsStream(resource)) {
            if (bytes == null) {
                throw new IOException("no class file of " + CompilerMain.class);
            }
            Files.copy(bytes, target);
        }
        workspace = made;
        return made;
    }

    private static void empty(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void end() {
        Process process = running;
        running = null;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Ends the program and deletes what it has written. */
    @Override
    public void close() {
        end();
        Path place = workspace;
        workspace = null;
        if (place != null) {
            try {
                empty(place);
            } catch (IOException e) {
                LOG.debug("{} stays behind", place, e);
            }
        }
    }
}
