package kontor.players.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import kontor.lab.Lab;
import kontor.players.bench.BareLab;
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
 * hops in the same rounds; by UDP beside a bare lab too.
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
     * @param settings its paths are the lab's, the bare lab and the bare hops, whatever it says
     */
    public RelayFigures(
            Lab lab, String kafkaServers, BenchSettings settings, ProcessorTime processors) {
        this.lab = lab;
        this.kafkaServers = kafkaServers;
        this.settings =
                settings.withPaths(
                        List.of(Path.LAB_UDP, Path.LAB_TCP, Path.BARE_LAB, Path.TWO_KAFKA_HOPS));
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
            figures.addAll(
                    besideBareLab(
                            report.result(Path.LAB_UDP, rate), report.result(Path.BARE_LAB, rate)));
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

    private List<Figure> besideBareLab(Result through, Result bare) {
        String where =
                ", UDP, %d x %d/s, beside a bare lab"
                        .formatted(lab.instances().size(), through.perSecond());
        return List.of(
                besideBareLab("p50" + where, LatencySummary::p50Millis, through, bare),
                besideBareLab("p99" + where, LatencySummary::p99Millis, through, bare),
                Figure.compared(
                        NAME,
                        "processor time for a packet" + where,
                        "ms",
                        through.processorRounds(),
                        BareLab.CONSISTS_OF,
                        bare.processorRounds()));
    }

    private static Figure besideBareLab(
            String what, ToDoubleFunction<LatencySummary> millis, Result through, Result bare) {
        return Figure.compared(
                NAME, what, "ms", of(millis, through), BareLab.CONSISTS_OF, of(millis, bare));
    }

    private static Figure latency(
            String what,
            ToDoubleFunction<LatencySummary> millis,
            Result through,
            Result bare,
            Target target) {
        return Figure.beside(NAME, what, "ms", of(millis, through), HOPS, of(millis, bare), target);
    }

    private static List<Double> of(ToDoubleFunction<LatencySummary> millis, Result result) {
        return result.rounds().stream().map(millis::applyAsDouble).toList();
    }
}
