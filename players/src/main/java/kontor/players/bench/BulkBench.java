package kontor.players.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.players.bench.BulkBenchReport.Result;
import kontor.players.report.Progress;
import kontor.players.traffic.NumberedTraffic;
import kontor.players.traffic.TrafficReport;
import kontor.players.traffic.TrafficSettings;
import kontor.players.traffic.Transport;

/**
 * Measures what bulk transfers cost the others: all games send numbered datagrams at a fixed beat
 * while the first game writes into TCP connections to the second as fast as it is let. One phase
 * after the other, with more and more of these flows; one with none is what to hold the others
 * against.
 */
public final class BulkBench {

    private final Lab lab;
    private final BulkBenchSettings settings;
    private final Progress progress;
    private final List<String> problems = new ArrayList<>();

    private BulkBench(Lab lab, BulkBenchSettings settings, Progress progress) {
        this.lab = lab;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Blocks until all is measured.
     *
     * @param lab running, with two instances or more, none of them in use by another game
     * @throws IOException if a socket cannot be bound or a connection not be made
     */
    public static BulkBenchReport run(Lab lab, BulkBenchSettings settings, Progress progress)
            throws IOException, InterruptedException {
        if (lab.instances().size() < 2) {
            throw new IllegalArgumentException("a bench needs a lab with two instances or more");
        }
        if (!lab.tcpPorts().contains(settings.port())
                || !lab.udpPorts().contains(settings.port())) {
            throw new IllegalArgumentException(
                    "lab '%s' does not carry port %d, TCP and UDP"
                            .formatted(lab.name(), settings.port()));
        }
        return new BulkBench(lab, settings, progress).run();
    }

    private BulkBenchReport run() throws IOException, InterruptedException {
        if (!settings.firstWarmUp().isZero()) {
            progress.at(0, settings.flows().size(), "warming up");
            measure(1, Duration.ZERO, settings.firstWarmUp());
        }
        List<Result> results = new ArrayList<>();
        for (int flows : settings.flows()) {
            progress.at(results.size(), settings.flows().size(), flows + " bulk flows");
            results.add(measure(flows, settings.warmUp(), settings.duration()));
        }
        progress.at(results.size(), settings.flows().size(), "done");
        return new BulkBenchReport(
                problems.isEmpty(),
                problems.isEmpty()
                        ? "Every packet and every byte arrived, in order, once"
                        : "NOT all went as it should",
                lab.instances().size(),
                settings.perSecond(),
                settings.size(),
                results,
                problems);
    }

    private Result measure(int flows, Duration warmUp, Duration duration)
            throws IOException, InterruptedException {
        LabInstance from = lab.instances().get(0);
        LabInstance to = lab.instances().get(1);
        InetSocketAddress peer =
                new InetSocketAddress(
                        java.util.Objects.requireNonNull(from.peers().get(to.name())),
                        settings.port());
        List<BulkFlow> bulk = new ArrayList<>();
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReuseAddress(true);
            listener.setSoTimeout((int) settings.patience().toMillis());
            listener.bind(new InetSocketAddress(to.address(), settings.port()), 64);
            long began = System.nanoTime();
            for (int i = 0; i < flows; i++) {
                bulk.add(new BulkFlow(from.address(), peer, listener));
            }
            TrafficReport datagrams = datagrams(warmUp, duration);
            double seconds = (System.nanoTime() - began) / 1e9;
            long arrived = bulk.stream().mapToLong(BulkFlow::arrived).sum();
            if (!datagrams.passed()) {
                problems.add(flows + " bulk flows, UDP: " + datagrams.summary());
                datagrams.problems().forEach(problems::add);
            }
            return finish(flows, bulk, datagrams, arrived / 1e6 / seconds);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            for (BulkFlow flow : bulk) {
                flow.close();
            }
        }
    }

    private Result finish(
            int flows, List<BulkFlow> bulk, TrafficReport datagrams, double megabytesPerSecond)
            throws InterruptedException, ExecutionException {
        bulk.forEach(BulkFlow::stop);
        long stopped = System.nanoTime();
        Duration longestPause = Duration.ZERO;
        for (BulkFlow flow : bulk) {
            if (flow.finish(settings.patience())) {
                Duration pause = flow.longestPause();
                longestPause = pause.compareTo(longestPause) > 0 ? pause : longestPause;
            } else {
                problems.add(flows + " bulk flows: not every byte arrived");
            }
        }
        return new Result(
                flows,
                datagrams.latency(),
                datagrams.ways().stream()
                        .map(TrafficReport.Way::longestPause)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                megabytesPerSecond,
                bulk.stream().mapToLong(BulkFlow::mostUnderWay).sum() / 1e6,
                longestPause,
                bulk.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - stopped));
    }

    private TrafficReport datagrams(Duration warmUp, Duration duration)
            throws IOException, InterruptedException {
        return NumberedTraffic.throughLab(
                        lab,
                        new TrafficSettings(
                                Transport.UDP,
                                settings.port(),
                                settings.perSecond(),
                                settings.size(),
                                warmUp,
                                duration,
                                settings.patience()),
                        Progress.NONE)
                .run();
    }
}
