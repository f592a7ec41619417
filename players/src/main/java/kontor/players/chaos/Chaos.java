package kontor.players.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kontor.players.report.Progress;
import kontor.players.traffic.NumberedTraffic;
import kontor.players.traffic.Pause;
import kontor.players.traffic.TrafficReport;
import kontor.players.traffic.TrafficSettings;
import kontor.players.traffic.Transport;

/**
 * One run: a recording begins, then the traffic, then the chaos; they end in the opposite order.
 */
public final class Chaos {

    /** Until somebody stops it: the traffic is to outlive every deed. */
    private static final Duration WITHOUT_END = Duration.ofDays(1);

    private final Stage stage;
    private final ChaosSettings settings;
    private final Schedule schedule;
    private final Consumer<String> diary;
    private final Progress progress;

    /**
     * @param diary receives each deed and each recovery, from several threads
     * @throws IllegalArgumentException if the time is too short
     */
    public Chaos(Stage stage, ChaosSettings settings, Consumer<String> diary, Progress progress) {
        this.stage = stage;
        this.settings = settings;
        this.schedule = Schedule.of(settings.seed(), settings.length(), settings.kinds());
        this.diary = diary;
        this.progress = progress.oneAtATime();
    }

    public Schedule schedule() {
        return schedule;
    }

    /**
     * Blocks until it is over and the system has come to rest, or has had its time to.
     *
     * @throws IOException if the games cannot reach their adapters, or no recording be begun
     */
    public ChaosReport run() throws IOException, InterruptedException {
        stage.beginSession();
        List<NumberedTraffic> traffic =
                List.of(
                        traffic(Transport.TCP, settings.tcpPort(), progress),
                        traffic(Transport.UDP, settings.udpPort(), Progress.NONE));
        try (ExecutorService runners = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TrafficReport>> running =
                    traffic.stream().map(one -> runners.submit(one::run)).toList();
            Tormentor tormentor;
            try {
                TimeUnit.NANOSECONDS.sleep(settings.calm().toNanos());
                tormentor = new Tormentor(stage, diary);
                tormentor.carryOut(schedule);
                TimeUnit.NANOSECONDS.sleep(settings.calm().toNanos());
            } finally {
                traffic.forEach(NumberedTraffic::stop);
            }
            diary.accept("The games are sending no more; what is under way may arrive.");
            List<TrafficReport> reports = new ArrayList<>();
            for (Future<TrafficReport> report : running) {
                reports.add(report(report));
            }
            diary.accept("The recording is being completed.");
            Continuity continuity = continuity();
            List<Pause> pauses = traffic.stream().flatMap(one -> one.pauses().stream()).toList();
            return ChaosReport.of(
                    schedule, settings.kinds(), tormentor, pauses, reports, continuity);
        }
    }

    /** What the games have counted is not to be lost with a recording that nobody answers for. */
    private Continuity continuity() throws InterruptedException {
        try {
            return stage.endSession(settings.continuityPatience());
        } catch (IOException e) {
            return new Continuity(false, "The recording could not be asked about: " + e, List.of());
        }
    }

    private NumberedTraffic traffic(Transport transport, int port, Progress told) {
        return NumberedTraffic.throughLab(
                stage.lab(),
                new TrafficSettings(
                        transport,
                        port,
                        settings.perSecond(),
                        settings.size(),
                        Duration.ZERO,
                        WITHOUT_END,
                        settings.patience()),
                // The traffic knows of no end, and afterwards of no time.
                (done, total, what) -> told.at(done, total == 0 ? 0 : planned(), what));
    }

    private long planned() {
        return settings.length().plus(settings.calm().multipliedBy(2)).toMillis();
    }

    private static TrafficReport report(Future<TrafficReport> running)
            throws IOException, InterruptedException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
