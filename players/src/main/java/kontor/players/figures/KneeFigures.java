package kontor.players.figures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.lab.Lab;
import kontor.players.bench.BareLab;
import kontor.players.bench.BenchReport.Path;
import kontor.players.bench.KafkaHops;
import kontor.players.report.Progress;
import kontor.players.traffic.LatencySummary;
import kontor.players.traffic.NumberedTraffic;
import kontor.players.traffic.TrafficReport;
import kontor.players.traffic.TrafficSettings;
import kontor.players.traffic.Transport;

/**
 * The knee: the highest rate at which half of the packets are there within 50 ms. And the highest
 * rate that is sustained: nothing is lost, and what is under way does not grow beyond a second.
 * Rates rise step by step, and at each step lab, bare lab and bare hops take turns; who has failed
 * is not asked again.
 */
public final class KneeFigures implements FigureBench {

    public static final String NAME = "knee";

    private static final List<Path> PATHS =
            List.of(Path.LAB_UDP, Path.LAB_TCP, Path.BARE_LAB, Path.TWO_KAFKA_HOPS);
    private static final double STEP = 1.4;
    private static final int MOST_PER_SECOND = 20_000;
    private static final double KNEE_MILLIS = 50;
    private static final double BOUNDED_MILLIS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Lab lab;
    private final String kafkaServers;
    private final Settings settings;

    /**
     * How it is searched.
     *
     * @param rounds of the whole search
     * @param firstPerSecond packets of each game in the first step
     * @param warmUp of each step, not counted
     * @param duration of each step
     */
    public record Settings(
            int rounds,
            int firstPerSecond,
            int size,
            int port,
            Duration warmUp,
            Duration duration) {}

    /** The highest rates of one round, in packets of all games a second. */
    private static final class Highest {
        private final Map<Path, Double> knee = new EnumMap<>(Path.class);
        private final Map<Path, Double> sustained = new EnumMap<>(Path.class);
        private double oneHop;
    }

    public KneeFigures(Lab lab, String kafkaServers, Settings settings) {
        this.lab = lab;
        this.kafkaServers = kafkaServers;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        List<Highest> rounds = new ArrayList<>();
        int games = lab.instances().size();
        try (KafkaHops hops = KafkaHops.open(kafkaServers, games);
                BareLab bare = BareLab.open(kafkaServers, games, settings.port())) {
            for (int round = 1; round <= settings.rounds(); round++) {
                rounds.add(round(hops, bare, round, progress));
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (Path path : List.of(Path.LAB_UDP, Path.LAB_TCP)) {
            String transport = path == Path.LAB_UDP ? "UDP" : "TCP";
            figures.add(
                    Figure.beside(
                            NAME,
                            "highest rate with p50 < 50 ms, " + transport,
                            "packets/s",
                            knees(rounds, path),
                            Path.TWO_KAFKA_HOPS.text(),
                            knees(rounds, Path.TWO_KAFKA_HOPS),
                            new Target.AtLeast(0.5)));
            figures.add(
                    Figure.beside(
                            NAME,
                            "highest sustained rate, " + transport,
                            "packets/s",
                            sustained(rounds, path),
                            "one producer to one consumer, in batches as they come",
                            rounds.stream().map(round -> round.oneHop).toList(),
                            new Target.AtLeast(0.5)));
        }
        figures.add(
                besideBareLab(
                        "highest rate with p50 < 50 ms",
                        knees(rounds, Path.LAB_UDP),
                        knees(rounds, Path.BARE_LAB)));
        figures.add(
                besideBareLab(
                        "highest sustained rate",
                        sustained(rounds, Path.LAB_UDP),
                        sustained(rounds, Path.BARE_LAB)));
        figures.add(
                Figure.stated(
                        NAME,
                        "highest sustained rate, two bare Kafka hops",
                        "packets/s",
                        sustained(rounds, Path.TWO_KAFKA_HOPS)));
        // That packets are lost beyond the highest rate is what was looked for, and no problem.
        return new Outcome(figures, List.of());
    }

    private static Figure besideBareLab(String what, List<Double> lab, List<Double> bareLab) {
        return Figure.compared(
                NAME,
                what + ", UDP, beside a bare lab",
                "packets/s",
                lab,
                BareLab.CONSISTS_OF,
                bareLab);
    }

    private static List<Double> knees(List<Highest> rounds, Path path) {
        return rounds.stream().map(round -> of(round.knee, path)).toList();
    }

    private static List<Double> sustained(List<Highest> rounds, Path path) {
        return rounds.stream().map(round -> of(round.sustained, path)).toList();
    }

    private Highest round(KafkaHops hops, BareLab bare, int number, Progress progress)
            throws IOException, InterruptedException {
        Highest highest = new Highest();
        Set<Path> going = EnumSet.copyOf(PATHS);
        for (double rate = settings.firstPerSecond();
                !going.isEmpty() && rate <= MOST_PER_SECOND;
                rate *= STEP) {
            int perSecond = (int) rate;
            double all = (double) perSecond * lab.instances().size();
            for (Path path : List.copyOf(going)) {
                progress.at(
                        number - 1,
                        settings.rounds(),
                        "round %d, %s, %d/s".formatted(number, path.text(), perSecond));
                double p50 = p50(path, perSecond, hops, bare);
                if (p50 < KNEE_MILLIS) {
                    highest.knee.put(path, all);
                }
                if (p50 < BOUNDED_MILLIS) {
                    highest.sustained.put(path, all);
                } else {
                    going.remove(path);
                }
            }
        }
        highest.oneHop = hops.oneHop(settings.size(), settings.duration());
        return highest;
    }

    private static double of(Map<Path, Double> rates, Path path) {
        return rates.getOrDefault(path, 0.0);
    }

    /** In ms; infinite where not every packet arrived. */
    private double p50(Path path, int perSecond, KafkaHops hops, BareLab bareLab)
            throws IOException, InterruptedException {
        if (path == Path.TWO_KAFKA_HOPS) {
            LatencySummary bare =
                    hops.run(perSecond, settings.size(), settings.warmUp(), settings.duration());
            return bare.p50Millis();
        }
        TrafficReport report =
                NumberedTraffic.throughLab(
                                path == Path.BARE_LAB ? bareLab.lab() : lab,
                                new TrafficSettings(
                                        path == Path.LAB_TCP ? Transport.TCP : Transport.UDP,
                                        settings.port(),
                                        perSecond,
                                        settings.size(),
                                        settings.warmUp(),
                                        settings.duration(),
                                        PATIENCE),
                                Progress.NONE)
                        .run();
        return report.passed() ? report.latency().p50Millis() : Double.POSITIVE_INFINITY;
    }
}
