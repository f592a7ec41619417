package kontor.players.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import kontor.lab.LabInstance;
import kontor.vocabulary.InstanceName;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What was sent and what arrived on each way of a run, and what went wrong. Thread-safe. */
final class TrafficCount {

    private static final int MOST_PROBLEMS = 100;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    private final List<LabInstance> games;
    private final TrafficSettings settings;
    private final Tally[][] tallies;
    private final AtomicLongArray sent;
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong strangers = new AtomicLong();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private volatile long measuredFromNanos = Long.MAX_VALUE;

    TrafficCount(List<LabInstance> games, TrafficSettings settings) {
        this.games = games;
        this.settings = settings;
        this.tallies = new Tally[games.size()][games.size()];
        this.sent = new AtomicLongArray(games.size() * games.size());
        for (int from = 0; from < games.size(); from++) {
            for (int to = 0; to < games.size(); to++) {
                tallies[from][to] = new Tally(pauseNanos());
            }
        }
    }

    /** Packets that are due from then on are no warm-up: their latency counts. */
    void measureFrom(long nanos) {
        measuredFromNanos = nanos;
    }

    /** The number of the next packet of this way, which counts as sent from now on. */
    long nextNumber(int from, int to) {
        return sent.getAndIncrement(from * games.size() + to);
    }

    /** A packet, or whatever it is, has come to this game. */
    void arrived(int game, byte[] bytes, int at, int size, long now) {
        @Nullable Stamp stamp = Stamp.read(bytes, at, size);
        boolean known =
                stamp != null
                        && stamp.to() == game
                        && stamp.from() >= 0
                        && stamp.from() < games.size();
        if (stamp == null || !known) {
            stranger();
        } else {
            boolean measured = stamp.dueNanos() >= measuredFromNanos;
            tallies[stamp.from()][game].arrived(stamp, now, measured);
            arrived.incrementAndGet();
        }
    }

    /** Something came that is no packet of this run. */
    void stranger() {
        strangers.incrementAndGet();
    }

    /** Keeps the first hundred. */
    void problem(String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(what);
        }
    }

    long arrived() {
        return arrived.get();
    }

    /** Packets that were sent and have not arrived yet. */
    long missing() {
        long missing = 0;
        for (int from = 0; from < games.size(); from++) {
            for (int to = 0; to < games.size(); to++) {
                missing += sent.get(from * games.size() + to) - tallies[from][to].distinct();
            }
        }
        return missing;
    }

    /** Packets that did not arrive exactly once, on all ways. */
    List<Copies> notOnce() {
        List<Copies> found = new ArrayList<>();
        for (int from = 0; from < games.size(); from++) {
            for (int to = 0; to < games.size(); to++) {
                InstanceName sender = games.get(from).name();
                InstanceName receiver = games.get(to).name();
                tallies[from][to].eachNotOnce(
                        sent.get(from * games.size() + to),
                        (number, copies) ->
                                found.add(new Copies(sender, receiver, number, copies)));
            }
        }
        return found;
    }

    /** The gaps between arrivals that stand out, on all ways. */
    List<Pause> pauses() {
        return Arrays.stream(tallies)
                .flatMap(Arrays::stream)
                .flatMap(tally -> tally.pauses().stream())
                .toList();
    }

    /**
     * Returns all of it.
     *
     * @param duration of the whole run
     */
    TrafficReport report(Duration duration) {
        List<TrafficReport.Way> ways = new ArrayList<>();
        Histogram latency = new Histogram(3);
        for (int from = 0; from < games.size(); from++) {
            for (int to = 0; to < games.size(); to++) {
                if (from != to) {
                    Tally tally = tallies[from][to];
                    long out = sent.get(from * games.size() + to);
                    ways.add(
                            new TrafficReport.Way(
                                    games.get(from).name(),
                                    games.get(to).name(),
                                    out,
                                    tally.received(),
                                    out - tally.distinct(),
                                    tally.doubled(),
                                    tally.reordered(),
                                    Duration.ofNanos(tally.longestPauseNanos())));
                    tally.addLatencyTo(latency);
                }
            }
        }
        boolean passed =
                problems.isEmpty()
                        && strangers.get() == 0
                        && ways.stream().allMatch(TrafficReport.Way::exact);
        LatencySummary summary = LatencySummary.of(latency);
        String text =
                String.format(
                        Locale.ROOT,
                        "%s: %d packets sent, %d lost, %d doubled, %d reordered, %d altered;"
                                + " p50/p99/p99.9 %s",
                        passed ? "Every packet arrived, in order, once" : "NOT right",
                        ways.stream().mapToLong(TrafficReport.Way::sent).sum(),
                        ways.stream().mapToLong(TrafficReport.Way::lost).sum(),
                        ways.stream().mapToLong(TrafficReport.Way::doubled).sum(),
                        ways.stream().mapToLong(TrafficReport.Way::reordered).sum(),
                        strangers.get(),
                        summary);
        return new TrafficReport(
                passed,
                text,
                settings.transport(),
                settings.perSecond(),
                settings.size(),
                duration,
                ways,
                summary,
                strangers.get(),
                List.copyOf(problems));
    }

    /** A gap of so many beats of a way is no accident any more. */
    private long pauseNanos() {
        double beatNanos = 1e9 * (games.size() - 1) / settings.perSecond();
        return Math.max(SHORTEST_PAUSE.toNanos(), (long) (5 * beatNanos));
    }
}
