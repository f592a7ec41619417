package kontor.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Runs a program to its end, its output going to a log. */
public final class ToolRun {

    private ToolRun() {}

    /**
     * Blocks until it has ended.
     *
     * @throws PreparationException if it ends with a status other than 0
     */
    public static void run(List<String> command, Path log)
            throws IOException, InterruptedException, PreparationException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Messages and sort order as they are anywhere.
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output;
        try {
            output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
        int exitCode = process.waitFor();
        Files.writeString(log, output, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (exitCode != 0) {
            throw new PreparationException(
                    "%s (%s exited with status %d)"
                            .formatted(
                                    output.strip().lines().reduce((a, b) -> b).orElse("no output"),
                                    command.getFirst(),
                                    exitCode));
        }
    }
}
