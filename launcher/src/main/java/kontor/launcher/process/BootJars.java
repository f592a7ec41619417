package kontor.launcher.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Unpacks jars into layouts of their own: class path entries start faster than jars inside a jar,
 * and the next build takes nothing away from a running process. Each new layout replaces those of
 * earlier builds of the same module that are no longer in use.
 */
public final class BootJars {

    private BootJars() {}

    /**
     * Unpacks a boot jar, if that has not been done.
     *
     * @param layout named module-fingerprint
     */
    public static void extract(Path java, Path jar, Path layout, Path log)
            throws IOException, InterruptedException, PreparationException {
        make(
                layout,
                log,
                directory ->
                        ToolRun.run(
                                List.of(
                                        java.toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "-Djarmode=tools",
                                        "-jar",
                                        jar.toString(),
                                        "extract",
                                        "--destination",
                                        directory.toString()),
                                log));
    }

    /**
     * Copies a jar, if that has not been done.
     *
     * @param copy in a directory named module-fingerprint
     */
    public static void copy(Path jar, Path copy, Path log)
            throws IOException, InterruptedException, PreparationException {
        make(
                requireNonNull(copy.getParent()),
                log,
                directory -> {
                    Files.createDirectories(directory);
                    Files.copy(jar, directory.resolve(requireNonNull(copy.getFileName())));
                });
    }

    private static void make(Path layout, Path log, DirectorySwap.Filler filler)
            throws IOException, InterruptedException, PreparationException {
        if (Layouts.claim(layout)) {
            return;
        }
        DirectorySwap.make(layout, filler);
        List<Path> remaining = Layouts.removeUnused(layout);
        if (!remaining.isEmpty()) {
            Files.writeString(
                    log,
                    "could not remove unused directories; they stay: %s%n".formatted(remaining),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
