package kontor.launcher.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * What a JVM has kept of an earlier start of the same program: classes already read, linked and
 * initialised. It belongs to one build of the JDK, one set of options and one class path, all of
 * which are part of its file's name.
 *
 * @param file where it is, or will be
 * @param use what a process does with it
 * @param untrained further options of a JVM that starts without {@link #file}
 */
public record AotCache(Path file, Use use, List<String> untrained) {

    /** Makes a cache that keeps the options unmodifiable. */
    public AotCache {
        untrained = List.copyOf(untrained);
    }

    /** What a process does with it. */
    public enum Use {
        /** Starts from it if it exists. */
        READ,
        /** Records its whole life, starts slowly for that, and writes it when it ends. */
        WRITE
    }

    /** What a build makes in place of {@link #file}: of a start alone, which is worth less. */
    public Path ofStart() {
        String name = requireNonNull(file.getFileName()).toString();
        return file.resolveSibling(name.replace(".aot", ".start.aot"));
    }

    /** The option of a JVM that starts from one of the two. */
    public static String readOption(Path cache) {
        return "-XX:AOTCache=" + cache;
    }

    /** The option of a JVM that writes one. */
    public String writeOption() {
        return "-XX:AOTCacheOutput=" + written();
    }

    /** Where it is written; renamed once it is whole, so that nobody starts from half of one. */
    public Path written() {
        return file.resolveSibling(file.getFileName() + ".new");
    }
}
