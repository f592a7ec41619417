package kontor.players.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kontor.lab.Lab;
import kontor.players.bench.BulkBench;
import kontor.players.bench.BulkBenchReport;
import kontor.players.bench.BulkBenchSettings;
import kontor.players.bench.KafkaHops;
import kontor.players.report.Progress;

/** Bytes a second through one TCP flow, beside the same through two bare Kafka hops. */
public final class BulkFigures implements FigureBench {

    public static final String NAME = "tcp-bulk";

    /** As much as a game's connection gives an adapter at once. */
    private static final int RECORD_BYTES = 64 * 1024;

    private static final int DATAGRAMS_PER_SECOND = 10;

    private final Lab lab;
    private final String kafkaServers;
    private final int rounds;
    private final int port;
    private final Duration duration;

    public BulkFigures(Lab lab, String kafkaServers, int rounds, int port, Duration duration) {
        this.lab = lab;
        this.kafkaServers = kafkaServers;
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
        try (KafkaHops hops = KafkaHops.open(kafkaServers, lab.instances().size())) {
            for (int round = 0; round <= rounds; round++) {
                progress.at(round, rounds + 1L, "bulk, round " + round);
                BulkBenchReport report = BulkBench.run(lab, settings, Progress.NONE);
                double records = hops.bulk(RECORD_BYTES, duration);
                problems.addAll(report.problems());
                // The first is the warm-up.
                if (round > 0) {
                    through.add(report.results().getFirst().megabytesPerSecond());
                    bare.add(records * RECORD_BYTES / 1e6);
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
                                new Target.AtLeast(0.7))),
                problems);
    }
}
