package kontor.local.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import kontor.local.stack.DataDirectory;
import kontor.local.stack.Installation;
import kontor.local.stack.StackSettings;
import kontor.local.supervision.RestartPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a stack that a command starts is to be like. */
final class StackOptions {

    @Option(
            names = "--lab",
            paramLabel = "FILE",
            description = {
                "The games and their addresses.",
                "Default: deploy/local/labs/loopback.yaml, or KONTOR_LAB."
            })
    private @Nullable Path lab;

    @Mixin private DataOption data = new DataOption();

    @Mixin private PortOptions ports = new PortOptions();

    @Option(
            names = "--start-timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long each process may take to be ready. Default: 120.")
    private int startTimeoutSeconds = 120;

    DataDirectory directory() {
        return data.directory();
    }

    /**
     * @param without names of processes that are not to be started
     * @throws IllegalArgumentException where an option or a variable is not as it has to be
     */
    StackSettings settings(Set<String> without) {
        return new StackSettings(
                directory().path(),
                labFile(),
                ports.choice(System.getenv()),
                without,
                Duration.ofSeconds(startTimeoutSeconds),
                javaOptions(),
                RestartPolicy.Always.USUAL,
                false);
    }

    /** What is added to every JVM. */
    static List<String> javaOptions() {
        @Nullable String options = System.getenv("KONTOR_JAVA_OPTS");
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split("\\s+", -1));
    }

    /** The one that was asked for, or else the default. */
    Path labFile() {
        if (lab != null) {
            return lab;
        }
        @Nullable String variable = System.getenv("KONTOR_LAB");
        return variable == null || variable.isBlank()
                ? Installation.locate().defaultLab()
                : Path.of(variable);
    }
}
