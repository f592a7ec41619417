package kontor.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kontor.launcher.plan.AotCache;
import kontor.launcher.plan.ProcessSpec;
import org.jspecify.annotations.Nullable;

/** Starts a process as our child, in a session of its own, its output going to its log. */
final class ChildProcess {

    private ChildProcess() {}

    /**
     * @param environment added to that of the specification
     */
    static Process start(ProcessSpec spec, Map<String, String> environment, Path log)
            throws IOException {
        // So that Ctrl-C reaches us alone, and the others end in good order. If we step back, so do
        // they: a new session is a new group, and among groups only the group's own niceness
        // counts.
        List<String> command = new ArrayList<>(OwnSession.words(ProcessTable.groupNiceness()));
        command.addAll(spec.within());
        command.addAll(words(spec));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(spec.environment());
        builder.environment().putAll(environment);
        return builder.start();
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
}
