package kontor.launcher.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import kontor.players.bench.BenchSettings;
import kontor.players.bench.RelayLatencyBench;
import kontor.players.report.Progress;
import kontor.players.report.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Groups what is measured. */
@Command(
        name = "bench",
        description = "Runs a benchmark. Compare figures within one run, not between machines.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchCommand.RelayLatency.class,
            BenchReloadCommand.class,
            BenchBulkCommand.class
        },
        synopsisSubcommandLabel = "WHAT")
final class BenchCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitStatus.USAGE;
    }

    /** Game to game, through the lab and past it. */
    @Command(
            name = "relay-latency",
            description = {
                "Measures the latency from game to game through the lab, by UDP and TCP, compared"
                    + " to a direct connection and to two bare Kafka hops in the same run. Uses the"
                    + " running stack, or starts one."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class RelayLatency extends Bench {

        @Option(
                names = "--rate",
                split = ",",
                paramLabel = "N",
                description = "Packets per second of each game. Default: 50,1000.")
        private List<Integer> rates = BenchSettings.STANDARD.rates();

        @Option(
                names = "--rounds",
                paramLabel = "N",
                description =
                        "How often all phases are run; the report has the medians. Default: 3.")
        private int rounds = BenchSettings.STANDARD.rounds();

        @Option(
                names = "--seconds",
                paramLabel = "N",
                description = "Duration of each phase. Default: 7.")
        private int seconds = (int) BenchSettings.STANDARD.duration().toSeconds();

        @Override
        Report measure(BorrowedStack stack, Progress progress) throws Exception {
            BenchSettings usual = BenchSettings.STANDARD;
            return RelayLatencyBench.run(
                    stack.lab(),
                    stack.kafkaServers(),
                    new BenchSettings(
                            rates,
                            size(),
                            rounds,
                            usual.warmUp(),
                            Duration.ofSeconds(seconds),
                            usual.firstWarmUp(),
                            usual.port()),
                    stack.processorTime(),
                    progress);
        }
    }
}
