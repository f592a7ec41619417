package kontor.players.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import kontor.lab.Lab;
import kontor.players.bench.BenchReport.Path;
import kontor.players.bench.BenchReport.Ratio;
import kontor.players.bench.BenchReport.Result;
import kontor.players.report.Progress;
import kontor.players.traffic.LatencySummary;
import kontor.players.traffic.NumberedTraffic;
import kontor.players.traffic.TrafficReport;
import kontor.players.traffic.TrafficSettings;
import kontor.players.traffic.Transport;

/**
 * Measures how long a packet takes from game to game: through the lab, past it, and through a bare
 * lab and over two bare Kafka hops on the same broker. The phases of a round follow each other, in
 * another order each round, so that what else the machine does meets all of them; medians of the
 * rounds count.
 *
 * <p>Packets are sent at a fixed beat, and latency counts from the time a packet was to be sent: a
 * relay that stalls cannot hide it by slowing the senders down.
 */
public final class RelayLatencyBench {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Packets per second of each game: enough for what is used often to be compiled. */
    private static final int WARM_UP_RATE = 250;

    /** What is more than sockets: JVMs start cold. */
    private static final List<Path> WARMED_UP =
            List.of(Path.LAB_UDP, Path.LAB_TCP, Path.BARE_LAB, Path.TWO_KAFKA_HOPS);

    private final Lab lab;
    private final BenchSettings settings;
    private final Progress progress;
    private final KafkaHops hops;
    private final BareLab bare;
    private final ProcessorTime processors;
    private final Map<Key, List<LatencySummary>> measured = new LinkedHashMap<>();
    private final Map<Key, List<Map<String, Double>>> processorMillis = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int phasesDone;

    private record Key(int perSecond, Path path) {}

    private RelayLatencyBench(
            Lab lab,
            BenchSettings settings,
            ProcessorTime processors,
            Progress progress,
            KafkaHops hops,
            BareLab bare) {
        this.lab = lab;
        this.settings = settings;
        this.processors = processors;
        this.progress = progress.oneAtATime();
        this.hops = hops;
        this.bare = bare;
    }

    /**
     * Blocks until all is measured.
     *
     * @param lab running, with two instances or more, none of them in use by another game
     * @param kafkaServers of the lab's broker; temporary topics are made there
     * @param processors of the lab's processes and of this one
     * @throws IOException if a socket cannot be bound or a connection not be made
     * @throws ExecutionException if the broker refuses or cannot be reached
     */
    public static BenchReport run(
            Lab lab,
            String kafkaServers,
            BenchSettings settings,
            ProcessorTime processors,
            Progress progress)
            throws IOException, ExecutionException, InterruptedException {
        if (lab.instances().size() < 2) {
            throw new IllegalArgumentException("a bench needs a lab with two instances or more");
        }
        if (!lab.tcpPorts().contains(settings.port())
                || !lab.udpPorts().contains(settings.port())) {
            throw new IllegalArgumentException(
                    "lab '%s' does not carry port %d, TCP and UDP"
                            .formatted(lab.name(), settings.port()));
        }
        int games = lab.instances().size();
        try (KafkaHops hops = KafkaHops.open(kafkaServers, games);
                BareLab bare = BareLab.open(kafkaServers, games, settings.port())) {
            return new RelayLatencyBench(lab, settings, processors, progress, hops, bare).run();
        }
    }

    private BenchReport run() throws IOException, InterruptedException {
        warmUp();
        for (int round = 0; round < settings.rounds(); round++) {
            for (int rate : settings.rates()) {
                List<Path> paths = new ArrayList<>(settings.paths());
                Collections.rotate(paths, 2 * round);
                for (Path path : paths) {
                    tell("round %d, %s, %d/s".formatted(round + 1, path.text(), rate));
                    Map<String, Duration> before = processors.used();
                    LatencySummary summary =
                            phase(path, rate, settings.warmUp(), settings.duration());
                    Key key = new Key(rate, path);
                    measured.computeIfAbsent(key, _ -> new ArrayList<>()).add(summary);
                    processorMillis
                            .computeIfAbsent(key, _ -> new ArrayList<>())
                            .add(perPacket(before, processors.used(), rate));
                    phasesDone++;
                }
            }
        }
        tell("done");
        return report();
    }

    /** Milliseconds of each process for each packet that was sent. */
    private Map<String, Double> perPacket(
            Map<String, Duration> before, Map<String, Duration> after, int rate) {
        double sent =
                settings.warmUp().plus(settings.duration()).toNanos()
                        / 1e9
                        * rate
                        * lab.instances().size();
        Map<String, Double> millis = new LinkedHashMap<>();
        ProcessorTime.between(before, after)
                .forEach((name, used) -> millis.put(name, used.toNanos() / 1e6 / sent));
        return millis;
    }

    private void warmUp() throws IOException, InterruptedException {
        if (settings.firstWarmUp().isZero()) {
            return;
        }
        int rate = Math.max(WARM_UP_RATE, Collections.max(settings.rates()));
        List<Path> paths = WARMED_UP.stream().filter(settings.paths()::contains).toList();
        for (Path path : paths) {
            tell("warming up " + path.text());
            phase(path, rate, Duration.ZERO, settings.firstWarmUp().dividedBy(paths.size()));
        }
    }

    private void tell(String what) {
        int all = settings.rounds() * settings.rates().size() * settings.paths().size();
        progress.at(phasesDone, all, what);
    }

    private LatencySummary phase(Path path, int rate, Duration warmUp, Duration duration)
            throws IOException, InterruptedException {
        return switch (path) {
            case DIRECT_UDP, LAB_UDP, BARE_LAB ->
                    traffic(path, Transport.UDP, rate, warmUp, duration);
            case DIRECT_TCP, LAB_TCP -> traffic(path, Transport.TCP, rate, warmUp, duration);
            case TWO_KAFKA_HOPS -> hops.run(rate, settings.size(), warmUp, duration);
        };
    }

    private LatencySummary traffic(
            Path path, Transport transport, int rate, Duration warmUp, Duration duration)
            throws IOException, InterruptedException {
        TrafficSettings traffic =
                new TrafficSettings(
                        transport,
                        settings.port(),
                        rate,
                        settings.size(),
                        warmUp,
                        duration,
                        PATIENCE);
        NumberedTraffic games =
                switch (path) {
                    case DIRECT_UDP, DIRECT_TCP ->
                            NumberedTraffic.direct(lab, traffic, Progress.NONE);
                    case LAB_UDP, LAB_TCP ->
                            NumberedTraffic.throughLab(lab, traffic, Progress.NONE);
                    case BARE_LAB -> NumberedTraffic.throughLab(bare.lab(), traffic, Progress.NONE);
                    case TWO_KAFKA_HOPS -> throw new IllegalArgumentException("has no games");
                };
        TrafficReport report = games.run();
        if (!report.passed()) {
            problems.add("%s at %d/s: %s".formatted(path.text(), rate, report.summary()));
            report.problems().forEach(problems::add);
        }
        return report.latency();
    }

    private BenchReport report() {
        List<Result> results = new ArrayList<>();
        List<Ratio> ratios = new ArrayList<>();
        for (int rate : settings.rates()) {
            for (Path path : settings.paths()) {
                List<LatencySummary> rounds = rounds(rate, path);
                results.add(
                        new Result(
                                path,
                                rate,
                                median(rounds),
                                rounds,
                                processorTime(rate, path),
                                processorRounds(rate, path)));
            }
            if (settings.paths().containsAll(List.of(Path.values()))) {
                ratios.add(ratio(rate, Path.LAB_UDP, Path.DIRECT_UDP));
                ratios.add(ratio(rate, Path.LAB_TCP, Path.DIRECT_TCP));
            }
        }
        double worst = ratios.stream().mapToDouble(Ratio::p50ToKafka).max().orElse(0);
        String summary =
                String.format(
                        Locale.ROOT,
                        "%s; p50 through the lab is at most %.2f times two bare Kafka hops",
                        problems.isEmpty()
                                ? "Every packet arrived, in order, once"
                                : "NOT every packet arrived as sent",
                        worst);
        return new BenchReport(
                problems.isEmpty(),
                summary,
                lab.instances().size(),
                settings.size(),
                settings.rounds(),
                results,
                ratios,
                problems);
    }

    private List<LatencySummary> rounds(int rate, Path path) {
        return requireNonNull(measured.get(new Key(rate, path)));
    }

    /** Of each process the median over the rounds. */
    private Map<String, Double> processorTime(int rate, Path path) {
        List<Map<String, Double>> rounds = requireNonNull(processorMillis.get(new Key(rate, path)));
        Map<String, Double> medians = new LinkedHashMap<>();
        for (String name : rounds.getFirst().keySet()) {
            medians.put(name, median(rounds, round -> round.getOrDefault(name, 0.0)));
        }
        return medians;
    }

    private List<Double> processorRounds(int rate, Path path) {
        return requireNonNull(processorMillis.get(new Key(rate, path))).stream()
                .map(round -> round.values().stream().mapToDouble(Double::doubleValue).sum())
                .toList();
    }

    private Ratio ratio(int rate, Path through, Path past) {
        LatencySummary relayed = median(rounds(rate, through));
        LatencySummary direct = median(rounds(rate, past));
        LatencySummary kafka = median(rounds(rate, Path.TWO_KAFKA_HOPS));
        return new Ratio(
                through,
                rate,
                relayed.p50Millis() / kafka.p50Millis(),
                relayed.p99Millis() / kafka.p99Millis(),
                relayed.p50Millis() - direct.p50Millis(),
                relayed.p99Millis() - direct.p99Millis(),
                relayed.p999Millis() - direct.p999Millis());
    }

    private static LatencySummary median(List<LatencySummary> rounds) {
        return new LatencySummary(
                rounds.stream().mapToLong(LatencySummary::count).sum(),
                median(rounds, LatencySummary::p50Millis),
                median(rounds, LatencySummary::p99Millis),
                median(rounds, LatencySummary::p999Millis),
                median(rounds, LatencySummary::maxMillis));
    }

    private static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
