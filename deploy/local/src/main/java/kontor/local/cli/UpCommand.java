package kontor.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import kontor.local.stack.DataDirectory;
import kontor.local.stack.Installation;
import kontor.local.stack.LaunchRefusedException;
import kontor.local.stack.Launcher;
import kontor.local.stack.Refusal;
import kontor.local.stack.Stack;
import kontor.local.stack.StackFailedException;
import kontor.local.stack.StackSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a stack and stays with it, or leaves a supervisor behind that does. */
@Command(
        name = "up",
        description = {
            "Starts everything: PostgreSQL, the Kafka broker, orchestrator, analysis, gateway, and"
                    + " one adapter per game of the lab. Ctrl-C ends it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UpCommand implements Callable<Integer> {

    private static final int LINES_OF_LOG = 12;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--lab",
            paramLabel = "FILE",
            description = {
                "The games and their addresses.",
                "Default: deploy/local/labs/loopback.yaml, or KONTOR_LAB."
            })
    private @Nullable Path lab;

    @Mixin private DataOption data = new DataOption();

    @Option(
            names = {"-d", "--detach"},
            description = "Return when all is ready; kontor down ends it.")
    private boolean detach;

    @Mixin private PortOptions ports = new PortOptions();

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "NAME",
            description = "Processes not to start, for instance one that runs in your IDE.")
    private Set<String> without = new LinkedHashSet<>();

    @Option(
            names = "--start-timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long each process may take to be ready. Default: 120.")
    private int startTimeoutSeconds = 120;

    @Option(
            names = "--supervise",
            hidden = true,
            description = "Be the supervisor that --detach leaves behind.")
    private boolean supervise;

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        StackSettings settings;
        try {
            settings = settings();
        } catch (IllegalArgumentException e) {
            console.error("kontor: " + e.getMessage());
            return ExitStatus.USAGE;
        }
        DataDirectory directory = new DataDirectory(settings.data());
        return detach && !supervise ? detached(directory) : attached(settings, directory);
    }

    private StackSettings settings() {
        @Nullable String options = System.getenv("KONTOR_JAVA_OPTS");
        return new StackSettings(
                data.directory().path(),
                labFile(),
                ports.choice(System.getenv()),
                without,
                Duration.ofSeconds(startTimeoutSeconds),
                options == null || options.isBlank()
                        ? List.of()
                        : List.of(options.strip().split("\\s+", -1)));
    }

    private Path labFile() {
        if (lab != null) {
            return lab;
        }
        @Nullable String variable = System.getenv("KONTOR_LAB");
        return variable == null || variable.isBlank()
                ? Installation.locate().defaultLab()
                : Path.of(variable);
    }

    private int attached(StackSettings settings, DataDirectory directory)
            throws IOException, InterruptedException {
        Progress progress = new Progress(console);
        try (Stack stack = Launcher.here().launch(settings, progress)) {
            Banner.begin(console, stack.state());
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> close(stack), "kontor-shutdown-1"));
            stack.awaitReady();
            Banner.ready(console, stack.state(), progress.sinceBegun());
            if (!supervise) {
                console.line(console.dim("Ctrl-C stops everything."));
            }
            stack.awaitStopped();
            return ExitStatus.OK;
        } catch (LaunchRefusedException e) {
            return refused(e.refusal());
        } catch (StackFailedException e) {
            console.error("kontor: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private void close(Stack stack) {
        try {
            stack.close();
            console.clear();
        } catch (IOException e) {
            console.error("kontor: " + e);
        }
    }

    private int refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.BadLab bad -> {
                console.error(bad.message());
                yield ExitStatus.USAGE;
            }
            case Refusal.BadSettings bad -> {
                console.error("kontor: " + bad.message());
                yield ExitStatus.USAGE;
            }
            case Refusal.NotBuilt _,
                            Refusal.AlreadyRunning _,
                            Refusal.LeftOver _,
                            Refusal.PortsBusy _ -> {
                console.error("kontor: " + refusal.message());
                yield ExitStatus.FAILED;
            }
        };
    }

    private int detached(DataDirectory directory) throws IOException, InterruptedException {
        if (Launcher.running(directory.path()).isPresent()) {
            return refused(
                    new Refusal.AlreadyRunning(directory.path(), "kontor status shows it"));
        }
        List<String> arguments =
                spec == null
                        ? List.of()
                        : spec.commandLine().getParseResult().originalArgs();
        return new DetachedStart(console, directory).run(arguments);
    }

    /** The end of a log, for a person who wants to know why. */
    static List<String> tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size());
    }
}
