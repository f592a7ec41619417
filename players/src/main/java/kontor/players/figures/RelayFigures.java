package kontor.players.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import kontor.lab.Lab;
import kontor.players.bench.BenchReport;
import kontor.players.bench.BenchReport.Path;
import kontor.players.bench.BenchReport.Result;
import kontor.players.bench.BenchSettings;
import kontor.players.bench.ProcessorTime;
import kontor.players.bench.RelayLatencyBench;
import kontor.players.report.Progress;
import kontor.players.traffic.LatencySummary;

/**
 * Latency from game to game and processor time for a packet, by UDP and TCP, beside two bare Kafka
 * hops in the same rounds.
 */
public final class RelayFigures implements FigureBench {

    public static final String NAME = "latency";

    private static final String HOPS = Path.TWO_KAFKA_HOPS.text();
    private static final Target P50 = new Target.AtMost(1.3);
    private static final Target P99 = new Target.AtMost(1.5);
    private static final Target PROCESSOR = new Target.AtMost(3);

    private final Lab lab;
    private final String kafkaServers;
    private final BenchSettings settings;
    private final ProcessorTime processors;

    /**
     * @param settings its paths are the lab's and the bare hops, whatever it says
     */
    public RelayFigures(
            Lab lab, String kafkaServers, BenchSettings settings, ProcessorTime processors) {
        this.lab = lab;
        this.kafkaServers = kafkaServers;
        this.settings =
                settings.withPaths(List.of(Path.LAB_UDP, Path.LAB_TCP, Path.TWO_KAFKA_HOPS));
        this.processors = processors;
    }

    /** What a run of half a minute has time for: one rate, two short rounds. */
    public static BenchSettings shortly(int port) {
        return new BenchSettings(
                List.of(50),
                List.of(Path.values()),
                200,
                2,
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(6),
                port);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        BenchReport report =
                RelayLatencyBench.run(lab, kafkaServers, settings, processors, progress);
        List<Figure> figures = new ArrayList<>();
        for (int rate : settings.rates()) {
            Result bare = report.result(Path.TWO_KAFKA_HOPS, rate);
            for (Path path : List.of(Path.LAB_UDP, Path.LAB_TCP)) {
                figures.addAll(figures(report.result(path, rate), bare));
            }
        }
        return new Outcome(figures, report.problems());
    }

    private List<Figure> figures(Result through, Result bare) {
        String where =
                "%s, %d x %d/s"
                        .formatted(
                                through.path() == Path.LAB_UDP ? "UDP" : "TCP",
                                lab.instances().size(),
                                through.perSecond());
        return List.of(
                latency("p50 " + where, LatencySummary::p50Millis, through, bare, P50),
                latency("p99 " + where, LatencySummary::p99Millis, through, bare, P99),
                latency("p99.9 " + where, LatencySummary::p999Millis, through, bare, P99),
                Figure.beside(
                        NAME,
                        "processor time for a packet, " + where,
                        "ms",
                        through.processorRounds(),
                        HOPS,
                        bare.processorRounds(),
                        PROCESSOR));
    }

    private static Figure latency(
            String what,
            ToDoubleFunction<LatencySummary> millis,
            Result through,
            Result bare,
            Target target) {
        return Figure.beside(
                NAME,
                what,
                "ms",
                through.rounds().stream().map(millis::applyAsDouble).toList(),
                HOPS,
                bare.rounds().stream().map(millis::applyAsDouble).toList(),
                target);
    }
}
