package kontor.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kontor.local.plan.AotCache;
import kontor.local.plan.ProcessSpec;
import org.jspecify.annotations.Nullable;

/** Starts a process as our child, in a session of its own, its output going to its log. */
final class ChildProcess {

    /** So that Ctrl-C reaches us alone, and the others end in good order. */
    private static final List<String> IN_ITS_OWN_SESSION = program("setsid");

    /** Takes a number behind it. */
    private static final List<String> NICE = program("nice", "-n");

    private ChildProcess() {}

    /**
     * @param environment added to that of the specification
     */
    static Process start(ProcessSpec spec, Map<String, String> environment, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(IN_ITS_OWN_SESSION);
        if (spec.role().niceness() > 0 && !NICE.isEmpty()) {
            command.addAll(NICE);
            command.add(Integer.toString(spec.role().niceness()));
        }
        command.addAll(words(spec));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(spec.environment());
        builder.environment().putAll(environment);
        Process process = builder.start();
        // A new session is a new group: one that steps back, as we do, does so as a whole.
        int niceness = ProcessTable.groupNiceness();
        if (niceness > 0 && !IN_ITS_OWN_SESSION.isEmpty()) {
            ProcessTable.stepBack(process.pid(), niceness);
        }
        return process;
    }

    private static List<String> words(ProcessSpec spec) {
        List<String> words = new ArrayList<>(spec.command());
        @Nullable AotCache cache = spec.aotCache();
        if (cache != null && cache.use() == AotCache.Use.WRITE) {
            words.add(1, cache.writeOption());
        }
        cacheToRead(spec).ifPresent(found -> words.add(1, AotCache.readOption(found)));
        return words;
    }

    /** The best that there is; without the file a JVM would do without the JDK's own one too. */
    static Optional<Path> cacheToRead(ProcessSpec spec) {
        @Nullable AotCache cache = spec.aotCache();
        if (cache == null || cache.use() != AotCache.Use.READ) {
            return Optional.empty();
        }
        return Stream.of(cache.file(), cache.ofStart()).filter(Files::exists).findFirst();
    }

    /** Empty where there is no such program; it becomes the one it starts: the child stays ours. */
    private static List<String> program(String name, String... options) {
        for (String directory : List.of("/usr/bin", "/bin")) {
            Path program = Path.of(directory, name);
            if (Files.isExecutable(program)) {
                List<String> words = new ArrayList<>(List.of(program.toString()));
                words.addAll(List.of(options));
                return List.copyOf(words);
            }
        }
        return List.of();
    }
}
