package kontor.players.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kontor.lab.Lab;
import kontor.players.bench.BulkBench;
import kontor.players.bench.BulkBenchReport;
import kontor.players.bench.BulkBenchSettings;
import kontor.players.bench.KafkaHops;
import kontor.players.bench.ProcessorTime;
import kontor.players.report.Progress;

/**
 * Bytes a second through one TCP flow, beside the same through two bare Kafka hops, and through two
 * with a log that is read as often as the session log.
 */
public final class BulkFigures implements FigureBench {

    public static final String NAME = "tcp-bulk";

    /** As much as a game's connection gives an adapter at once. */
    private static final int RECORD_BYTES = 64 * 1024;

    private static final int DATAGRAMS_PER_SECOND = 10;

    private final Lab lab;
    private final String kafkaServers;
    private final ProcessorTime processorTime;
    private final int rounds;
    private final int port;
    private final Duration duration;

    public BulkFigures(
            Lab lab,
            String kafkaServers,
            ProcessorTime processorTime,
            int rounds,
            int port,
            Duration duration) {
        this.lab = lab;
        this.kafkaServers = kafkaServers;
        this.processorTime = processorTime;
        this.rounds = rounds;
        this.port = port;
        this.duration = duration;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        List<Double> through = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> throughMillis = new ArrayList<>();
        List<Double> bareMillis = new ArrayList<>();
        List<Double> logged = new ArrayList<>();
        List<Double> loggedMillis = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        BulkBenchSettings settings =
                new BulkBenchSettings(
                        List.of(1),
                        DATAGRAMS_PER_SECOND,
                        200,
                        Duration.ZERO,
                        Duration.ZERO,
                        duration,
                        BulkBenchSettings.STANDARD.patience(),
                        port);
        int games = lab.instances().size();
        try (KafkaHops hops = KafkaHops.open(kafkaServers, games);
                KafkaHops withLog = KafkaHops.openWithLog(kafkaServers, games)) {
            for (int round = 0; round <= rounds; round++) {
                progress.at(round, rounds + 1L, "bulk, round " + round);
                Map<String, Duration> start = processorTime.used();
                BulkBenchReport report = BulkBench.run(lab, settings, Progress.NONE);
                Map<String, Duration> between = processorTime.used();
                double records = hops.bulk(RECORD_BYTES, duration);
                Map<String, Duration> hoppedBy = processorTime.used();
                double loggedRecords = withLog.bulk(RECORD_BYTES, duration);
                Map<String, Duration> end = processorTime.used();
                problems.addAll(report.problems());
                // The first is the warm-up.
                if (round > 0) {
                    double labs = report.results().getFirst().megabytesPerSecond();
                    double hopped = records * RECORD_BYTES / 1e6;
                    through.add(labs);
                    bare.add(hopped);
                    throughMillis.add(millisForEach(start, between, labs));
                    bareMillis.add(millisForEach(between, hoppedBy, hopped));
                    double written = loggedRecords * RECORD_BYTES / 1e6;
                    logged.add(written);
                    loggedMillis.add(millisForEach(hoppedBy, end, written));
                }
            }
        }
        return new Outcome(
                List.of(
                        Figure.beside(
                                NAME,
                                "TCP through one flow",
                                "MB/s",
                                through,
                                "the same bytes through two bare Kafka hops",
                                bare,
                                new Target.AtLeast(0.7)),
                        Figure.compared(
                                NAME,
                                "TCP through one flow, beside hops with a log",
                                "MB/s",
                                through,
                                "two bare hops, a log and its %d readers"
                                        .formatted(KafkaHops.READERS_OF_THE_SESSION_LOG),
                                logged),
                        Figure.stated(
                                NAME,
                                "processor time for a megabyte, all processes",
                                "ms",
                                throughMillis),
                        Figure.stated(
                                NAME,
                                "processor time for a megabyte, two bare Kafka hops",
                                "ms",
                                bareMillis),
                        Figure.stated(
                                NAME,
                                "processor time for a megabyte, with a log and its readers",
                                "ms",
                                loggedMillis)),
                problems);
    }

    private double millisForEach(
            Map<String, Duration> before, Map<String, Duration> after, double perSecond) {
        double megabytes = perSecond * duration.toNanos() / 1e9;
        return ProcessorTime.between(before, after).values().stream()
                        .mapToLong(Duration::toNanos)
                        .sum()
                / 1e6
                / megabytes;
    }
}
