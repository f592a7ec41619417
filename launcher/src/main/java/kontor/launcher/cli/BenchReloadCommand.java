package kontor.launcher.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.PlannedReload;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.process.BusyLoops;
import kontor.players.bench.Interruption;
import kontor.players.bench.InterruptionBench;
import kontor.players.bench.InterruptionBenchSettings;
import kontor.players.report.Progress;
import kontor.players.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What games notice of reloads and of a kill. */
@Command(
        name = "reload",
        description = {
            "Measures the longest gap in delivery and the latency of packets, by UDP and TCP, while"
                + " orchestrator, analysis and gateway are reloaded and orchestrator and broker are"
                + " killed, compared to an undisturbed phase. Uses the running stack, or starts"
                + " one.",
            "Each kill is repeated; the report has the median, and each repetition with the steps"
                    + " of its recovery.",
            "Exit status 0 only if every packet arrived exactly once and in order; latency does not"
                    + " affect it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BenchReloadCommand extends Bench {

    private static final Duration QUIET = Duration.ofSeconds(8);

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Packets per second of each game, UDP and TCP alike. Default: 50.")
    private int rate = InterruptionBenchSettings.STANDARD.perSecond();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "How often each is killed. Default: 5.")
    private int repeat = 5;

    @Option(
            names = "--kills",
            description = "Run the kills only, without the undisturbed phase and the reloads.")
    private boolean kills;

    @Option(
            names = "--busy",
            paramLabel = "N",
            description = "Number of busy loops that load the processors meanwhile. Default: 0.")
    private int busy;

    @Override
    Report measure(BorrowedStack stack, Progress progress) throws Exception {
        InterruptionBenchSettings usual = InterruptionBenchSettings.STANDARD;
        try (GatewayClient gateway = options().token().gatewayOf(stack.now());
                BusyLoops _ = BusyLoops.start(busy)) {
            return InterruptionBench.run(
                    stack.lab(),
                    interruptions(stack, gateway),
                    new InterruptionBenchSettings(
                            rate,
                            size(),
                            usual.warmUp(),
                            usual.lead(),
                            usual.tail(),
                            usual.patience(),
                            usual.port()),
                    progress);
        }
    }

    private List<Interruption> interruptions(BorrowedStack stack, GatewayClient gateway) {
        if (repeat < 1) {
            throw new IllegalArgumentException("--repeat is 1 or more, not " + repeat);
        }
        String lab = stack.lab().name().value();
        List<Interruption> interruptions = new ArrayList<>();
        if (!kills) {
            interruptions.add(new InterruptionBench.Quiet("none", QUIET));
            for (String service :
                    List.of("orchestrator-service", "analysis-service", "ui-gateway")) {
                interruptions.add(new PlannedReload(gateway, lab, service));
            }
        }
        for (String process : List.of(StackPlanner.ORCHESTRATOR, StackPlanner.BROKER)) {
            interruptions.add(new ProcessKill(stack, process, repeat));
        }
        return interruptions;
    }
}
