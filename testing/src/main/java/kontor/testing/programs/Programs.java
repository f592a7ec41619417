package kontor.testing.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Finds programs on the path. */
public final class Programs {

    private Programs() {}

    /**
     * Skips the test unless all of them are installed.
     *
     * @param commands by their names
     */
    public static void require(String... commands) {
        for (String command : commands) {
            Assumptions.assumeTrue(
                    first(System.getenv(), command).isPresent(), command + " is not installed");
        }
    }

    /**
     * Returns the first command that is found, in the order of the commands.
     *
     * @param environment of which PATH is read
     */
    static Optional<Path> first(Map<String, String> environment, String... commands) {
        String[] path = environment.getOrDefault("PATH", "").split(":", -1);
        return Stream.of(commands)
                .flatMap(command ->
                        Arrays.stream(path)
                                .filter(directory -> !directory.isEmpty())
                                .map(directory -> Path.of(directory, command)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
