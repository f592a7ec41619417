package kontor.launcher.cli;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.Installation;
import kontor.launcher.stack.LaunchRefusedException;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.Refusal;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackFailedException;
import kontor.launcher.stack.StackSettings;
import kontor.launcher.watch.Watch;
import kontor.vocabulary.InstanceName;
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
            "Starts PostgreSQL, the Kafka broker, orchestrator, analysis, gateway, and one adapter"
                    + " per game of the lab. Ctrl-C stops them."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UpCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Mixin private StackOptions options = new StackOptions();

    @Option(
            names = {"-d", "--detach"},
            description = "Return once everything is ready; kontor down stops it.")
    private boolean detach;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "NAME",
            description = "Processes to leave out, for instance one that you run in an IDE.")
    private Set<String> without = new LinkedHashSet<>();

    @Option(
            names = "--elsewhere",
            split = ",",
            paramLabel = "GAME",
            description =
                    "Games on other computers, with their adapters; see --guests and kontor"
                            + " invite.")
    private Set<String> elsewhere = new LinkedHashSet<>();

    @Option(
            names = "--watch",
            description = {
                "When a source file of a service changes, build it and, if it compiles, reload the"
                        + " service while games are running. Adapters are not restarted."
            })
    private boolean watch;

    @Option(
            names = "--netns",
            description = {
                "Give each game a network namespace of its own, with the same addresses in each."
                    + " Needs root; kontor play runs programs in them, kontor down removes them.",
                "Default lab: launcher/labs/lan.yaml."
            })
    private boolean apart;

    @Mixin private TrainingOption trainingOption = new TrainingOption();

    @Option(
            names = "--supervise",
            hidden = true,
            description = "Be the supervisor that --detach leaves behind.")
    private boolean supervise;

    private final Console console = Console.system();
    private volatile @Nullable BackgroundTraining training;
    private volatile @Nullable Stack launched;
    private volatile @Nullable Watch sources;
    private volatile boolean ending;

    @Override
    public Integer call() throws Exception {
        elsewhere.forEach(game -> without.add(StackPlanner.adapter(new InstanceName(game))));
        StackSettings settings = apart ? options.settingsApart(without) : options.settings(without);
        // Said before anything starts, if it is not as it has to be.
        boolean _ = trainingOption.wanted();
        DataDirectory directory = new DataDirectory(settings.data());
        return detach && !supervise ? detached(directory) : attached(settings);
    }

    private int attached(StackSettings settings)
            throws IOException, InterruptedException, LaunchRefusedException {
        Progress progress = new Progress(console);
        // From here on: what changes while all of it starts is a change, too.
        try (@Nullable Watch changes = watch ? watchSources(settings) : null;
                Stack stack = Launcher.here().launch(settings, progress)) {
            launched = stack;
            sources = changes;
            Banner.begin(console, stack.state());
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> close(stack), "kontor-shutdown-1"));
            return stay(stack, progress);
        }
    }

    private Watch watchSources(StackSettings settings) throws IOException {
        return new Watch(
                Installation.locate().root(),
                settings.journal(),
                new WatchView(console, () -> Optional.ofNullable(launched).map(Stack::state)));
    }

    private int stay(Stack stack, Progress progress) throws IOException, InterruptedException {
        try {
            stack.awaitReady();
        } catch (StackFailedException e) {
            console.error("kontor: " + e.getMessage());
            Failures.showLogs(console, stack.state());
            return ExitStatus.FAILED;
        }
        Banner.ready(console, stack.state(), progress.sinceBegun());
        if (!supervise) {
            console.line(console.dim("Ctrl-C stops everything."));
        }
        try (BackgroundTraining beside =
                        BackgroundTraining.beside(
                                stack, options.directory(), trainingOption.wanted(), this::tell);
                GatewayClient gateway = options.token().gatewayOf(stack.state())) {
            training = beside;
            @Nullable Watch changes = sources;
            if (changes != null) {
                changes.start(stack.lab().name().value(), gateway);
                console.line(console.dim("Watching sources: changes are built and reloaded."));
            }
            stack.awaitStopped();
        }
        return ExitStatus.OK;
    }

    private void tell(String text) {
        if (!ending) {
            console.line(console.dim(text));
        }
    }

    private void close(Stack stack) {
        ending = true;
        @Nullable BackgroundTraining beside = training;
        @Nullable Watch changes = sources;
        try {
            if (changes != null) {
                changes.close();
            }
            if (beside != null) {
                beside.end();
            }
            stack.close();
            if (beside != null) {
                beside.close();
            }
            console.clear();
        } catch (IOException e) {
            console.error("kontor: " + e);
        }
    }

    private int detached(DataDirectory directory)
            throws IOException, InterruptedException, LaunchRefusedException {
        if (Launcher.running(directory.path()).isPresent()) {
            return Refusals.report(
                    console,
                    new Refusal.AlreadyRunning(directory.path(), "kontor status shows it"));
        }
        directory.requireWritable();
        List<String> arguments =
                spec == null ? List.of() : spec.commandLine().getParseResult().originalArgs();
        return new DetachedStart(console, directory).run(arguments);
    }
}
