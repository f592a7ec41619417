package kontor.launcher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.ReloadAnswer;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.StackState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Restarts a service from the current build in the middle of a game. */
@Command(
        name = "reload",
        description = {
            "Restarts a service from the current build while games are running: the orchestrator"
                + " hands over to a successor, other services are stopped and started. Build first,"
                + " with ./mvnw -Dquick package for instance, or use kontor up --watch.",
            "Exit status 0 only if the new process is ready and nothing was lost."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReloadCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "SERVICE",
            description =
                    "orchestrator, analysis, gateway or (with --journal own) journal; module names"
                            + " work, too.")
    private String service = "";

    @Option(names = "--freeze", description = "Freeze all games of the lab meanwhile.")
    private boolean freeze;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description =
                    "How long to wait for the outcome; the reload continues regardless. Default:"
                            + " 120.")
    private int timeoutSeconds = 120;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Mixin private DataOption data = new DataOption();

    @Mixin private TokenOption token = new TokenOption();

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        Optional<String> name = StackPlanner.serviceOf(service);
        if (name.isEmpty()) {
            console.error(
                    ("kontor: '%s' cannot be reloaded; orchestrator, analysis, gateway and a"
                                    + " journal of its own can")
                            .formatted(service));
            return ExitStatus.USAGE;
        }
        Optional<StackState> running = Launcher.running(data.directory().path());
        if (running.isEmpty()) {
            console.error("kontor: nothing is running in " + data.directory().path());
            return ExitStatus.FAILED;
        }
        try (GatewayClient gateway = token.gatewayOf(running.get())) {
            String id = gateway.requestReload(running.get().lab(), name.get(), freeze);
            ReloadAnswer outcome =
                    gateway.followReload(id, Duration.ofSeconds(timeoutSeconds), this::onPhase);
            report(outcome);
            return outcome.completed() ? ExitStatus.OK : ExitStatus.FAILED;
        } catch (IOException e) {
            console.error("kontor: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private void onPhase(ReloadAnswer answer) {
        if (!json && !answer.over()) {
            console.transientLine("  " + answer.phase());
        }
    }

    private void report(ReloadAnswer outcome) {
        if (json) {
            console.line(
                    JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(outcome));
            return;
        }
        console.clear();
        for (ReloadAnswer.Timing timing : outcome.phases()) {
            console.line(
                    "  %-12s %7.0f ms".formatted(timing.phase(), timing.took().toNanos() / 1e6));
        }
        String text =
                "%s of %s%s"
                        .formatted(
                                outcome.completed() ? "Reload" : "FAILED: reload",
                                outcome.service(),
                                outcome.result().isEmpty() ? "" : ": " + outcome.result());
        console.line(outcome.completed() ? console.good(text) : console.bad(text));
    }
}
