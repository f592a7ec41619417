package kontor.launcher.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.PlannedReload;
import kontor.players.bench.Interruption;
import kontor.players.bench.InterruptionBench;
import kontor.players.bench.InterruptionBenchReport;
import kontor.players.bench.InterruptionBenchSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What games notice of reloads and of a kill. */
@Command(
        name = "reload",
        description = {
            "Starts everything, unless it runs already, and measures the longest gap in delivery"
                    + " and the latency of packets, by UDP and TCP, while orchestrator, analysis"
                    + " and gateway are reloaded and the orchestrator is killed, beside a quiet"
                    + " phase.",
            "Exit status 0 only if every packet arrived, in order, once; times are not judged."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BenchReloadCommand implements Callable<Integer> {

    private static final Duration QUIET = Duration.ofSeconds(8);

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Packets per second of each game, UDP and TCP alike. Default: 50.")
    private int rate = InterruptionBenchSettings.STANDARD.perSecond();

    @Option(names = "--size", paramLabel = "BYTES", description = "Default: 200.")
    private int size = InterruptionBenchSettings.STANDARD.size();

    @Option(names = "--json", description = "The report for programs.")
    private boolean json;

    @Mixin private StackOptions options = new StackOptions();

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        InterruptionBenchSettings usual = InterruptionBenchSettings.STANDARD;
        try (BorrowedStack stack =
                        BorrowedStack.runningOrOwn(json ? Console.errors() : console, options);
                GatewayClient gateway = options.token().gatewayOf(stack.now())) {
            InterruptionBenchReport report =
                    InterruptionBench.run(
                            stack.lab(),
                            interruptions(stack, gateway),
                            new InterruptionBenchSettings(
                                    rate,
                                    size,
                                    usual.warmUp(),
                                    usual.lead(),
                                    usual.tail(),
                                    usual.patience(),
                                    usual.port()),
                            Reports.progress(console));
            return Reports.finish(console, report, json);
        }
    }

    private static List<Interruption> interruptions(BorrowedStack stack, GatewayClient gateway) {
        String lab = stack.lab().name().value();
        return List.of(
                new InterruptionBench.Quiet("none", QUIET),
                new PlannedReload(gateway, lab, "orchestrator-service"),
                new PlannedReload(gateway, lab, "analysis-service"),
                new PlannedReload(gateway, lab, "ui-gateway"),
                new OrchestratorKill(stack));
    }
}
