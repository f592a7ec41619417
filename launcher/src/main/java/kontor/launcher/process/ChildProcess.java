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
     * @param niceness how far the kernel's group of its session steps back, 0 to 19
     */
    static Process start(ProcessSpec spec, Map<String, String> environment, Path log, int niceness)
            throws IOException {
        // So that Ctrl-C reaches us alone, and the others end in good order.
        List<String> command = new ArrayList<>(OwnSession.words(niceness));
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
        if (cache != null) {
            words.addAll(1, options(cache));
        }
        return words;
    }

    /**
     * Returns the JVM options for a cache: to write it, to read the one that exists, or for none.
     */
    static List<String> options(AotCache cache) {
        if (cache.use() == AotCache.Use.WRITE) {
            return List.of(cache.writeOption());
        }
        List<String> options = new ArrayList<>();
        Optional<Path> found = toRead(cache);
        if (found.filter(cache.file()::equals).isEmpty()) {
            options.addAll(cache.untrained());
        }
        found.map(AotCache::readOption).ifPresent(options::add);
        return options;
    }

    /** Returns the cache file from which a process would start now. */
    static Optional<Path> cacheToRead(ProcessSpec spec) {
        @Nullable AotCache cache = spec.aotCache();
        return cache == null || cache.use() != AotCache.Use.READ ? Optional.empty() : toRead(cache);
    }

    /** The best that there is; without the file a JVM would do without the JDK's own one too. */
    private static Optional<Path> toRead(AotCache cache) {
        return Stream.of(cache.file(), cache.ofStart()).filter(Files::exists).findFirst();
    }
}
