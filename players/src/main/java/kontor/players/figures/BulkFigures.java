package kontor.players.figures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kontor.lab.Lab;
import kontor.players.bench.BareLab;
import kontor.players.bench.BulkBench;
import kontor.players.bench.BulkBenchReport;
import kontor.players.bench.BulkBenchSettings;
import kontor.players.bench.KafkaHops;
import kontor.players.bench.ProcessorTime;
import kontor.players.report.Progress;

/**
 * Bytes a second through one TCP flow, beside the same through two bare Kafka hops, and through a
 * {@link BareLab bare lab}.
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

    /** What carried the bytes: megabytes a second, and milliseconds for each, of all rounds. */
    private record Carried(List<Double> perSecond, List<Double> millis) {

        Carried() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Returns megabytes a second. */
    @FunctionalInterface
    private interface Transfer {
        double run() throws IOException, InterruptedException;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        Carried byLab = new Carried();
        Carried byBareLab = new Carried();
        Carried byHops = new Carried();
        List<String> problems = new ArrayList<>();
        int games = lab.instances().size();
        try (KafkaHops hops = KafkaHops.open(kafkaServers, games);
                BareLab bare = BareLab.open(kafkaServers, games, port)) {
            for (int round = 0; round <= rounds; round++) {
                progress.at(round, rounds + 1L, "bulk, round " + round);
                // The first is the warm-up.
                boolean counts = round > 0;
                measure(counts ? byLab : new Carried(), () -> flow(lab, problems));
                measure(
                        counts ? byHops : new Carried(),
                        () -> hops.bulk(RECORD_BYTES, duration) * RECORD_BYTES / 1e6);
                measure(counts ? byBareLab : new Carried(), () -> flow(bare.lab(), problems));
            }
        }
        return new Outcome(
                List.of(
                        Figure.beside(
                                NAME,
                                "TCP through one flow",
                                "MB/s",
                                byLab.perSecond(),
                                "the same bytes through two bare Kafka hops",
                                byHops.perSecond(),
                                new Target.AtLeast(0.7)),
                        Figure.compared(
                                NAME,
                                "TCP through one flow, beside a bare lab",
                                "MB/s",
                                byLab.perSecond(),
                                BareLab.CONSISTS_OF,
                                byBareLab.perSecond()),
                        Figure.compared(
                                NAME,
                                "TCP through one flow of a bare lab",
                                "MB/s",
                                byBareLab.perSecond(),
                                "the same bytes through two bare Kafka hops",
                                byHops.perSecond()),
                        millisOf("all processes", byLab),
                        millisOf("two bare Kafka hops", byHops),
                        millisOf("a bare lab", byBareLab)),
                problems);
    }

    private static Figure millisOf(String whose, Carried carried) {
        return Figure.stated(
                NAME, "processor time for a megabyte, " + whose, "ms", carried.millis());
    }

    private double flow(Lab through, List<String> problems)
            throws IOException, InterruptedException {
        BulkBenchReport report =
                BulkBench.run(
                        through,
                        new BulkBenchSettings(
                                List.of(1),
                                DATAGRAMS_PER_SECOND,
                                200,
                                Duration.ZERO,
                                Duration.ZERO,
                                duration,
                                BulkBenchSettings.STANDARD.patience(),
                                port),
                        Progress.NONE);
        problems.addAll(report.problems());
        return report.results().getFirst().megabytesPerSecond();
    }

    private void measure(Carried carried, Transfer transfer)
            throws IOException, InterruptedException {
        Map<String, Duration> before = processorTime.used();
        double perSecond = transfer.run();
        double megabytes = perSecond * duration.toNanos() / 1e9;
        carried.perSecond().add(perSecond);
        carried.millis()
                .add(
                        ProcessorTime.between(before, processorTime.used()).values().stream()
                                        .mapToLong(Duration::toNanos)
                                        .sum()
                                / 1e6
                                / megabytes);
    }
}
