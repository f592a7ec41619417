package kontor.players.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kontor.lab.Lab;
import kontor.players.bench.InterruptionBenchReport.Result;
import kontor.players.report.Progress;
import kontor.players.traffic.NumberedTraffic;
import kontor.players.traffic.TrafficReport;
import kontor.players.traffic.TrafficSettings;
import kontor.players.traffic.Transport;

/**
 * Measures what games notice of interruptions: numbered packets flow by UDP and TCP, something is
 * done to the lab in the middle of it, and the longest gap between deliveries counts. One phase
 * after the other; the first, with nothing done at all, is what to hold the others against.
 */
public final class InterruptionBench {

    /** Longer than any interruption: the traffic is ended when that is over. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Lab lab;
    private final InterruptionBenchSettings settings;
    private final Progress progress;
    private final List<String> problems = new ArrayList<>();
    private int all;
    private int done;

    /** What came of the last one, behind what is done now. */
    private String last = "";

    private InterruptionBench(Lab lab, InterruptionBenchSettings settings, Progress progress) {
        this.lab = lab;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Blocks until all is measured.
     *
     * @param lab running, none of its instances in use by another game
     * @throws IOException if a socket cannot be bound or a connection not be made
     */
    public static InterruptionBenchReport run(
            Lab lab,
            List<Interruption> interruptions,
            InterruptionBenchSettings settings,
            Progress progress)
            throws IOException, InterruptedException {
        if (!lab.tcpPorts().contains(settings.port())
                || !lab.udpPorts().contains(settings.port())) {
            throw new IllegalArgumentException(
                    "lab '%s' does not carry port %d, TCP and UDP"
                            .formatted(lab.name(), settings.port()));
        }
        return new InterruptionBench(lab, settings, progress).run(interruptions);
    }

    private InterruptionBenchReport run(List<Interruption> interruptions)
            throws IOException, InterruptedException {
        all = interruptions.stream().mapToInt(Interruption::repetitions).sum();
        if (!settings.warmUp().isZero()) {
            progress.at(0, all, "warming up");
            var _ = measure(new Quiet("warm-up", settings.warmUp()));
        }
        List<Result> results = new ArrayList<>();
        for (Interruption interruption : interruptions) {
            results.add(repeated(interruption));
        }
        progress.at(done, all, "done" + last);
        return new InterruptionBenchReport(
                problems.isEmpty(),
                problems.isEmpty()
                        ? "Every packet arrived, in order, once"
                        : "NOT all went as it should",
                lab.instances().size(),
                settings.perSecond(),
                settings.size(),
                results,
                problems);
    }

    /** Nothing is done for a while. */
    public record Quiet(String name, Duration duration) implements Interruption {

        @Override
        public Optional<String> run() throws InterruptedException {
            Thread.sleep(duration);
            return Optional.empty();
        }
    }

    private Result repeated(Interruption interruption) throws IOException, InterruptedException {
        List<Result.Repetition> repetitions = new ArrayList<>();
        for (int number = 1; number <= interruption.repetitions(); number++) {
            String name =
                    interruption.repetitions() == 1
                            ? interruption.name()
                            : "%s, %d of %d"
                                    .formatted(
                                            interruption.name(),
                                            number,
                                            interruption.repetitions());
            progress.at(done, all, name + last);
            int problemsBefore = problems.size();
            Result.Repetition repetition = measure(interruption);
            repetitions.add(repetition);
            done++;
            last =
                    "; longest gap of the one before: %d ms%s"
                            .formatted(
                                    repetition.longestGap().toMillis(),
                                    problems.size() == problemsBefore
                                            ? ""
                                            : ", " + problems.get(problemsBefore));
        }
        return new Result(
                interruption.name(), interruption.toStayBelow().orElse(null), repetitions);
    }

    private Result.Repetition measure(Interruption interruption)
            throws IOException, InterruptedException {
        Map<Transport, NumberedTraffic> traffic = new EnumMap<>(Transport.class);
        for (Transport transport : Transport.values()) {
            traffic.put(transport, NumberedTraffic.throughLab(lab, of(transport), Progress.NONE));
        }
        try (ExecutorService games = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Transport, Future<TrafficReport>> reports = new EnumMap<>(Transport.class);
            traffic.forEach((transport, run) -> reports.put(transport, games.submit(run::run)));
            Thread.sleep(settings.lead());
            long beganNanos = System.nanoTime();
            interruption.run().ifPresent(what -> problems.add(interruption.name() + ": " + what));
            Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
            Thread.sleep(settings.tail());
            traffic.values().forEach(NumberedTraffic::stop);
            return repetition(
                    took,
                    interruption.steps(),
                    report(interruption, requireNonNull(reports.get(Transport.UDP))),
                    report(interruption, requireNonNull(reports.get(Transport.TCP))));
        }
    }

    private TrafficReport report(Interruption interruption, Future<TrafficReport> future)
            throws IOException, InterruptedException {
        try {
            TrafficReport report = future.get();
            if (!report.passed()) {
                String where = interruption.name() + ", " + report.transport();
                problems.add(where + ": " + report.summary());
                report.problems().forEach(problem -> problems.add(where + ": " + problem));
            }
            return report;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private static Result.Repetition repetition(
            Duration took, List<Interruption.Step> steps, TrafficReport udp, TrafficReport tcp) {
        List<TrafficReport.Way> ways = new ArrayList<>(udp.ways());
        ways.addAll(tcp.ways());
        return new Result.Repetition(
                took,
                ways.stream()
                        .map(TrafficReport.Way::longestPause)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO),
                udp.latency(),
                tcp.latency(),
                ways.stream().mapToLong(TrafficReport.Way::sent).sum(),
                steps);
    }

    private TrafficSettings of(Transport transport) {
        return new TrafficSettings(
                transport,
                settings.port(),
                settings.perSecond(),
                settings.size(),
                Duration.ZERO,
                LONGEST,
                settings.patience());
    }
}
