package kontor.local.plan;

import java.nio.file.Path;

/**
 * What a JVM has kept of an earlier start of the same program: classes already read, linked and
 * initialised. It belongs to one build of the JDK, one set of options and one class path, all of
 * which are part of its file's name.
 */
public record AotCache(Path file, Use use) {

    /** What a process does with it. */
    public enum Use {
        /** Starts from it where it is there. */
        READ,
        /** Records its whole life, starts slowly for that, and writes it when it ends. */
        WRITE
    }

    /** The option of the JVM. */
    public String option() {
        return switch (use) {
            case READ -> "-XX:AOTCache=" + file;
            case WRITE -> "-XX:AOTCacheOutput=" + written();
        };
    }

    /** Where it is written; renamed once it is whole, so that nobody starts from half of one. */
    public Path written() {
        return file.resolveSibling(file.getFileName() + ".new");
    }
}
