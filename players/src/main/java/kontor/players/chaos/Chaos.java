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
import org.jspecify.annotations.Nullable;

/**
 * One run: a recording begins, then the traffic, then the chaos; they end in the opposite order.
 */
public final class Chaos {

    /** Until somebody stops it: the traffic is to outlive every deed. */
    private static final Duration WITHOUT_END = Duration.ofDays(1);

    private final Stage stage;
    private final @Nullable Interception interception;
    private final ChaosSettings settings;
    private final Schedule schedule;
    private final Consumer<String> diary;
    private final Progress progress;

    /**
     * @param diary receives each deed and each recovery, from several threads
     * @throws IllegalArgumentException if the time is too short
     */
    public Chaos(Stage stage, ChaosSettings settings, Consumer<String> diary, Progress progress) {
        this(stage, null, settings, diary, progress);
    }

    /**
     * With rules and injections.
     *
     * @param interception sets and injects; null: neither
     * @param diary receives each deed and each recovery, from several threads
     * @throws IllegalArgumentException if the time is too short
     */
    public Chaos(
            Stage stage,
            @Nullable Interception interception,
            ChaosSettings settings,
            Consumer<String> diary,
            Progress progress) {
        this.stage = stage;
        this.interception = interception;
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
        if (interception == null) {
            return run(null);
        }
        try (Meddler meddler = Meddler.begin(interception, stage.lab(), settings, diary)) {
            return run(meddler);
        }
    }

    private ChaosReport run(@Nullable Meddler meddler) throws IOException, InterruptedException {
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
            if (meddler != null) {
                meddler.finish();
            }
            List<TrafficReport> reports = new ArrayList<>();
            for (Future<TrafficReport> report : running) {
                reports.add(report(report));
            }
            diary.accept("The recording is being completed.");
            Continuity continuity = continuity();
            List<Pause> pauses = traffic.stream().flatMap(one -> one.pauses().stream()).toList();
            ChaosReport report =
                    ChaosReport.of(
                            schedule, settings.kinds(), tormentor, pauses, reports, continuity);
            return meddler == null ? report : againstRules(report, meddler, traffic);
        }
    }

    /** What the recording says that rules lost and doubled is what has to be missing and twice. */
    private static ChaosReport againstRules(
            ChaosReport report, Meddler meddler, List<NumberedTraffic> traffic)
            throws IOException, InterruptedException {
        Recorded recorded = meddler.recorded();
        List<TrafficReport> judged = new ArrayList<>();
        for (int i = 0; i < traffic.size(); i++) {
            TrafficReport counted = report.traffic().get(i);
            judged.add(
                    counted.transport() == Transport.UDP
                            ? counted.against(traffic.get(i).notOnce(), recorded.copies())
                            : counted);
        }
        return report.with(judged, meddler.report(recorded));
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
