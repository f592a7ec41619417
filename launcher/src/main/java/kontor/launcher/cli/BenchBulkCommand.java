package kontor.launcher.cli;

import java.time.Duration;
import java.util.List;
import kontor.players.bench.BulkBench;
import kontor.players.bench.BulkBenchSettings;
import kontor.players.report.Progress;
import kontor.players.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What games notice of another game's bulk transfer. */
@Command(
        name = "bulk",
        description = {
            "Measures the latency of all games' datagrams while the first game sends bulk data over"
                + " TCP to the second as fast as flow control allows, compared to a phase without"
                + " bulk data; and the bulk throughput. Uses the running stack, or starts one.",
            "Exit status 0 only if every packet and every byte arrived exactly once and in order;"
                    + " latency does not affect it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BenchBulkCommand extends Bench {

    @Option(
            names = "--flows",
            split = ",",
            paramLabel = "N",
            description = "Number of bulk flows in each phase. Default: 0,1,4.")
    private List<Integer> flows = BulkBenchSettings.STANDARD.flows();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Datagrams per second of each game. Default: 50.")
    private int rate = BulkBenchSettings.STANDARD.perSecond();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Duration of each phase. Default: 10.")
    private int seconds = (int) BulkBenchSettings.STANDARD.duration().toSeconds();

    @Override
    Report measure(BorrowedStack stack, Progress progress) throws Exception {
        BulkBenchSettings usual = BulkBenchSettings.STANDARD;
        return BulkBench.run(
                stack.lab(),
                new BulkBenchSettings(
                        flows,
                        rate,
                        size(),
                        usual.firstWarmUp(),
                        usual.warmUp(),
                        Duration.ofSeconds(seconds),
                        usual.patience(),
                        usual.port()),
                progress);
    }
}
