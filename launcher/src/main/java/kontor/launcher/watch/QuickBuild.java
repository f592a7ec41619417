package kontor.launcher.watch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Builds a few modules without tests and checks: as fast as Maven can. */
final class QuickBuild {

    /** What Maven says behind each failure, and what helps nobody. */
    private static final Pattern BOILERPLATE =
            Pattern.compile(
                    "\\[Help|-rf :|[Rr]e-run Maven|For more information|After correcting"
                            + "|To see the full|Failed to execute goal|^\\[ERROR\\] *$"
                            + "|COMPILATION ERROR");

    private QuickBuild() {}

    /**
     * Blocks until it is built. An interrupt ends the build.
     *
     * @param root the top of the working copy
     * @return what was wrong, in the compiler's words; empty if all is well
     */
    static List<String> run(Path root, List<String> modules)
            throws IOException, InterruptedException {
        Path log = log(root);
        Files.createDirectories(requireNonNull(log.getParent()));
        ProcessBuilder builder =
                new ProcessBuilder(
                                root.resolve("mvnw").toString(),
                                "-q",
                                "-B",
                                "-ntp",
                                "-Dstyle.color=never",
                                "-Dquick",
                                "-Dmaven.test.skip=true",
                                "-pl",
                                String.join(",", modules),
                                "-am",
                                "package")
                        .directory(root.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven = builder.start();
        try {
            maven.getOutputStream().close();
            return maven.waitFor() == 0 ? List.of() : errors(Files.readString(log), root);
        } finally {
            maven.destroy();
        }
    }

    /** Where all that Maven says goes. */
    static Path log(Path root) {
        return root.resolve("target/kontor-watch.log");
    }

    /** The lines of Maven's output that say what is wrong, each once. */
    static List<String> errors(String output, Path root) {
        List<String> errors =
                output.lines()
                        .filter(line -> line.startsWith("[ERROR]") || line.startsWith("mvnw:"))
                        .filter(line -> !BOILERPLATE.matcher(line).find())
                        .map(line -> line.replace("[ERROR] ", "").replace(root + "/", ""))
                        .distinct()
                        .toList();
        return errors.isEmpty() ? List.of("the build failed without any output") : errors;
    }
}
