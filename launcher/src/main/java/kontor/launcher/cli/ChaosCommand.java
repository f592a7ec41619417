package kontor.launcher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import kontor.launcher.chaos.StackStage;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.Stack;
import kontor.launcher.supervision.RestartPolicy;
import kontor.launcher.training.Training;
import kontor.players.chaos.Chaos;
import kontor.players.chaos.ChaosReport;
import kontor.players.chaos.ChaosSettings;
import kontor.players.chaos.Schedule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills, suspends and restarts what carries and watches packets, while games count theirs. */
@Command(
        name = "chaos",
        description = {
            "Starts a stack, lets four stand-in games exchange numbered packets by TCP and UDP, and"
                    + " meanwhile kills (SIGKILL), suspends (SIGSTOP, SIGCONT) and restarts every"
                    + " process but the adapters, on a schedule generated from a seed.",
            "Exit status 0 only if every packet arrived exactly once (with rules: as the recording"
                    + " says), unaltered and in order, the recording is complete, and the whole"
                    + " schedule was carried out."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ChaosCommand implements Callable<Integer> {

    @Option(names = "--seconds", paramLabel = "N", description = "Duration. Default: 60.")
    private int seconds = 60;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the schedule. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Packets per second of each game by TCP, and as many by UDP. Default: 200.")
    private double rate = 200;

    @Option(
            names = "--reloads",
            description =
                    "Also reload services. A reload waits until all processes are healthy, and"
                        + " everything behind it in the schedule waits for the reload, which takes"
                        + " a while under full load.")
    private boolean reloads;

    @Option(
            names = "--rules",
            description =
                    "Also have rules lose, double, delay, hold and replace packets, and inject"
                            + " some: what the rules did by the recording is what has to arrive.")
    private boolean rules;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(
            names = "--training",
            paramLabel = "on|off",
            description =
                    "If the build has no AOT caches yet, train them first, which takes about a"
                            + " minute: without them, processes that start beside full traffic take"
                            + " minutes. Default: on, or KONTOR_TRAINING.")
    private @Nullable String training;

    @Mixin private StackOptions options = new StackOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.system();
        Console told = json ? Console.errors() : console;
        if (TrainingOption.orByEnvironment(training)) {
            train(told);
        }
        Progress progress = new Progress(told);
        try (Stack stack =
                Launcher.here()
                        .launch(
                                options.settings(Set.of())
                                        .withRestartPolicy(new RestartPolicy.Never())
                                        .withStandby(false),
                                progress)) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> close(told, stack), "kontor-shutdown-1"));
            Banner.begin(told, stack.state());
            stack.awaitReady();
            ChaosReport report = chaos(told, stack);
            return Reports.finish(console, report, json);
        }
    }

    private static void train(Console console) throws Exception {
        Training training = new Training(StackOptions.javaOptions(), state -> {});
        if (!training.isMissing()) {
            return;
        }
        console.line(
                "This build has no AOT caches yet; training them first (--training off: without).");
        Thread abandoning = new Thread(() -> abandon(training), "kontor-shutdown-2");
        Runtime.getRuntime().addShutdownHook(abandoning);
        training.run();
        Runtime.getRuntime().removeShutdownHook(abandoning);
    }

    private static void abandon(Training training) {
        try {
            training.abandon();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ChaosReport chaos(Console console, Stack stack)
            throws IOException, InterruptedException {
        try (GatewayClient gateway = options.token().gatewayOf(stack.state())) {
            StackStage stage = new StackStage(stack, gateway);
            List<Schedule.Kind> kinds =
                    stage.kinds().stream()
                            .filter(kind -> reloads || !kind.deed().isPlanned())
                            .toList();
            ChaosSettings settings =
                    ChaosSettings.of(seed, Duration.ofSeconds(seconds), kinds).withRate(rate);
            Chaos chaos =
                    new Chaos(
                            stage,
                            rules ? stage : null,
                            settings,
                            console::line,
                            Reports.progress(console));
            console.line("");
            console.line(chaos.schedule().table().toText());
            return chaos.run();
        }
    }

    private static void close(Console console, Stack stack) {
        try {
            stack.close();
        } catch (IOException e) {
            console.error("kontor: " + e);
        }
    }
}
