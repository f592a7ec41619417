package kontor.launcher.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Unpacks boot jars: class path entries of their own start faster than jars inside a jar. */
public final class BootJars {

    /** Layouts of builds that nobody can be running any more. */
    private static final Duration OUTDATED = Duration.ofDays(2);

    private BootJars() {}

    public static void extract(Path java, String module, Path jar, Path layout, Path log)
            throws IOException, InterruptedException, PreparationException {
        if (Files.isDirectory(layout)) {
            Files.setLastModifiedTime(layout, FileTime.from(Instant.now()));
            return;
        }
        DirectorySwap.make(
                layout,
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
        removeOutdated(module, requireNonNull(layout.getParent()));
    }

    /** Into a directory named module-fingerprint, as a layout is. */
    public static void copy(Path jar, Path copy)
            throws IOException, InterruptedException, PreparationException {
        Path layout = requireNonNull(copy.getParent());
        if (Files.isDirectory(layout)) {
            Files.setLastModifiedTime(layout, FileTime.from(Instant.now()));
            return;
        }
        DirectorySwap.make(
                layout,
                directory -> {
                    Files.createDirectories(directory);
                    Files.copy(jar, directory.resolve(requireNonNull(copy.getFileName())));
                });
        String name = requireNonNull(layout.getFileName()).toString();
        removeOutdated(
                name.substring(0, name.lastIndexOf('-')), requireNonNull(layout.getParent()));
    }

    /** Layouts are named module-fingerprint. */
    private static void removeOutdated(String module, Path cache) throws IOException {
        Instant oldest = Instant.now().minus(OUTDATED);
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(cache, module + "-*")) {
            for (Path sibling : siblings) {
                if (Files.getLastModifiedTime(sibling).toInstant().isBefore(oldest)) {
                    DirectorySwap.remove(sibling);
                }
            }
        }
    }
}
