package kontor.launcher.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import kontor.players.bench.BenchSettings;
import kontor.players.bench.RelayLatencyBench;
import kontor.players.figures.FigureReport;
import kontor.players.report.Progress;
import kontor.players.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The table of all figures beside their limits; and single measurements in detail. */
@Command(
        name = "bench",
        description = {
            "Measures this machine's lab, each figure beside its limit in the same run, and prints"
                    + " the table. Compare ratios, not figures of different runs.",
            "Uses the running stack, or starts one. Records some hundred thousand events in"
                    + " sessions of labs named bench-...: give it a --data directory of its own.",
            "Exit status 0 only if all could be measured and every packet arrived; missed targets"
                    + " do not affect it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {
            BenchCommand.RelayLatency.class,
            BenchReloadCommand.class,
            BenchBulkCommand.class
        })
final class BenchCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = {
                "What to measure: latency (and processor time), knee (and highest rates), tcp-bulk,"
                        + " catch-up (of journal and analysis), labs, observers, restart, memory,"
                        + " allocation, up (only without a running stack).",
                "Default: all."
            })
    private List<String> names = List.of();

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(
            names = "--short",
            description =
                    "Half a minute: latency and processor time at one rate. Fails if a ratio is"
                            + " worse than twice the recorded one.")
    private boolean brief;

    @Option(
            names = "--soak",
            paramLabel = "MINUTES",
            description =
                    "Only this: traffic for so long at the first --rate, half UDP and half TCP."
                            + " Shows whether memory grows; fails if a packet is lost or the"
                            + " session is not clean.")
    private int soak;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each figure and its limit are measured. Default: 3.")
    private int rounds = 3;

    @Option(
            names = "--rate",
            split = ",",
            paramLabel = "N",
            description = "Packets per second of each game for latency. Default: 50,200,1000.")
    private List<Integer> rates = List.of(50, 200, 1_000);

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Events of each outage for catch-up. Default: 100000.")
    private int events = 100_000;

    @Option(
            names = "--labs",
            split = ",",
            paramLabel = "N",
            description = "Numbers of labs, 1 first. Default: 1,10,100.")
    private List<Integer> labs = List.of(1, 10, 100);

    @Mixin private StackOptions options = new StackOptions();

    private final Console console = Console.system();

    @Override
    public Integer call() throws Exception {
        FigureReport report =
                new FigureRun(
                                options,
                                new FigureRun.Wanted(
                                        names, brief, soak, rounds, rates, events, labs),
                                json ? Console.errors() : console)
                        .run();
        return Reports.finish(console, report, json);
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
                            usual.paths(),
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
