package kontor.launcher.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import kontor.players.bench.BenchReport;
import kontor.players.bench.BenchSettings;
import kontor.players.bench.RelayLatencyBench;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Groups what is measured. */
@Command(
        name = "bench",
        description = "Measures. Figures are for comparing within one run, not between machines.",
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
                "Starts everything, unless it runs already, and measures how long packets take from"
                    + " game to game through the lab, by UDP and TCP, beside a direct connection"
                    + " and two bare Kafka hops in the same run."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class RelayLatency implements Callable<Integer> {

        @Option(
                names = "--rate",
                split = ",",
                paramLabel = "N",
                description = "Packets per second of each game. Default: 50,1000.")
        private List<Integer> rates = BenchSettings.STANDARD.rates();

        @Option(names = "--size", paramLabel = "BYTES", description = "Default: 200.")
        private int size = BenchSettings.STANDARD.size();

        @Option(
                names = "--rounds",
                paramLabel = "N",
                description = "Of all phases; medians of the rounds count. Default: 3.")
        private int rounds = BenchSettings.STANDARD.rounds();

        @Option(names = "--seconds", paramLabel = "N", description = "Of each phase. Default: 7.")
        private int seconds = (int) BenchSettings.STANDARD.duration().toSeconds();

        @Option(names = "--json", description = "The report for programs.")
        private boolean json;

        @Mixin private StackOptions options = new StackOptions();

        private final Console console = Console.system();

        @Override
        public Integer call() throws Exception {
            BenchSettings usual = BenchSettings.STANDARD;
            try (BorrowedStack stack =
                    BorrowedStack.runningOrOwn(json ? Console.errors() : console, options)) {
                BenchReport report =
                        RelayLatencyBench.run(
                                stack.lab(),
                                stack.kafkaServers(),
                                new BenchSettings(
                                        rates,
                                        size,
                                        rounds,
                                        usual.warmUp(),
                                        Duration.ofSeconds(seconds),
                                        usual.firstWarmUp(),
                                        usual.port()),
                                stack.processorTime(),
                                Reports.progress(console));
                return Reports.finish(console, report, json);
            }
        }
    }
}
