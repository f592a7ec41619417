package kontor.launcher.figures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.launcher.gateway.ContinuityAnswer;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.GatewayClient.Question;
import kontor.launcher.stack.StackState;
import kontor.players.figures.Figure;
import kontor.players.figures.FigureBench;
import kontor.players.figures.Medians;
import kontor.players.figures.Target;
import kontor.players.report.Progress;
import kontor.players.traffic.TrafficReport;
import kontor.players.traffic.Transport;
import kontor.vocabulary.SessionId;

/**
 * Traffic for a long time, by UDP and TCP at once: every packet arrives, the session is clean at
 * the end, and the memory of no process grows.
 */
public final class SoakFigures implements FigureBench {

    public static final String NAME = "soak";

    private static final Target FLAT = new Target.AtMost(1.1);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The journal stores what is left; a look at ten million events takes three minutes. */
    private static final Duration CONTINUITY_PATIENCE = Duration.ofMinutes(20);

    /** Fewer have no quarters that could be compared. */
    private static final int FEWEST_SAMPLES = 8;

    private final Supplier<StackState> now;
    private final GatewayClient gateway;
    private final Settings settings;
    private final LabTraffic traffic;

    /**
     * How it is measured.
     *
     * @param perSecond packets of each game, half of them by UDP and half by TCP
     */
    public record Settings(double perSecond, int size, int port, Duration duration) {}

    public SoakFigures(
            Lab lab, Supplier<StackState> now, GatewayClient gateway, Settings settings) {
        this.now = now;
        this.gateway = gateway;
        this.settings = settings;
        this.traffic =
                new LabTraffic(
                        lab,
                        settings.port(),
                        settings.size(),
                        WARM_UP,
                        settings.duration(),
                        PATIENCE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        Map<String, List<Double>> memory = new LinkedHashMap<>();
        List<TrafficReport> reports = new ArrayList<>();
        try (ExecutorService games = Executors.newThreadPerTaskExecutor(Thread::new)) {
            try {
                double each = settings.perSecond() / 2;
                Future<TrafficReport> udp =
                        games.submit(() -> traffic.run(Transport.UDP, each, progress));
                Future<TrafficReport> tcp =
                        games.submit(() -> traffic.run(Transport.TCP, each, Progress.NONE));
                for (Future<TrafficReport> run : List.of(udp, tcp)) {
                    reports.add(watch(run, memory));
                }
            } finally {
                // If one could not go on, nobody waits for the other.
                games.shutdownNow();
            }
        }
        List<Figure> figures = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (TrafficReport report : reports) {
            figures.add(
                    Figure.stated(
                            NAME,
                            "p99 " + report.transport(),
                            "ms",
                            List.of(report.latency().p99Millis())));
            if (!report.passed()) {
                problems.add("soak, " + report.transport() + ": " + report.summary());
                problems.addAll(report.problems());
            }
        }
        Outcome growth = growth(memory);
        figures.addAll(growth.figures());
        problems.addAll(growth.problems());
        problems.addAll(continuity(progress));
        return new Outcome(figures, problems);
    }

    /** Takes samples of the memory until the traffic has ended. */
    private TrafficReport watch(Future<TrafficReport> run, Map<String, List<Double>> memory)
            throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return run.get(BETWEEN_SAMPLES.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                MemoryFigures.megabytes(now.get())
                        .forEach((label, megabytes) ->
                                memory.computeIfAbsent(label, _ -> new ArrayList<>())
                                        .add(megabytes));
            }
        }
    }

    /**
     * The memory of each process in the last quarter beside the second: while the first goes by,
     * heaps come to their size.
     *
     * @param samples of each process, in order
     */
    static Outcome growth(Map<String, List<Double>> samples) {
        List<Figure> figures = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        samples.forEach((label, megabytes) -> {
            int count = megabytes.size();
            if (count < FEWEST_SAMPLES) {
                problems.add(
                        "soak, memory of %s: %d samples, %d are needed to see growth"
                                .formatted(label, count, FEWEST_SAMPLES));
                return;
            }
            figures.add(
                    Figure.beside(
                            NAME,
                            "memory of %s at the end".formatted(label),
                            "MB",
                            List.of(Medians.of(megabytes.subList(count - count / 4, count))),
                            "in the second quarter of the time",
                            List.of(Medians.of(megabytes.subList(count / 4, count / 2))),
                            FLAT));
        });
        return new Outcome(figures, problems);
    }

    /** Whatever becomes of the question, what was measured stands. */
    private Collection<String> continuity(Progress progress) throws InterruptedException {
        try {
            SessionId session =
                    gateway.newestSession().orElseThrow(() -> new IOException("no session began"));
            ContinuityAnswer answer =
                    gateway.continuity(
                            session,
                            new Question(false, false),
                            CONTINUITY_PATIENCE,
                            now -> progress.at(1, 1, "continuity, " + now));
            return answer.clean()
                    ? List.of()
                    : Stream.concat(Stream.of(answer.summary()), answer.remarks().stream())
                            .toList();
        } catch (IOException e) {
            return List.of("soak, continuity could not be checked: " + e.getMessage());
        }
    }
}
