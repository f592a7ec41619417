package kontor.players.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.players.report.Progress;
import kontor.players.traffic.LatencySummary;
import kontor.players.traffic.Pace;
import org.HdrHistogram.Histogram;

/**
 * What more labs cost at a constant rate of all together: the time from the moment an event is to
 * be published to its place in the session log, beside that of a single lab.
 */
public final class LabsFigures implements FigureBench {

    public static final String NAME = "labs";

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final String kafkaServers;
    private final Settings settings;

    /**
     * How it is measured.
     *
     * @param counts of labs, one beside the other in each round; the first is 1
     * @param perSecond events of all labs together
     */
    public record Settings(
            int rounds, List<Integer> counts, int perSecond, int size, Duration duration) {

        /**
         * @throws IllegalArgumentException if there is nothing to hold the counts against
         */
        public Settings {
            counts = List.copyOf(counts);
            if (counts.size() < 2 || counts.getFirst() != 1) {
                throw new IllegalArgumentException(
                        "numbers of labs are 1 and others, not " + counts);
            }
        }
    }

    public LabsFigures(String kafkaServers, Settings settings) {
        this.kafkaServers = kafkaServers;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) throws Exception {
        Map<Integer, List<Double>> p99 = new LinkedHashMap<>();
        for (int round = 0; round <= settings.rounds(); round++) {
            for (int count : settings.counts()) {
                progress.at(round, settings.rounds() + 1L, count + " labs");
                LatencySummary latency = measure(count);
                // The first round is the warm-up.
                if (round > 0) {
                    p99.computeIfAbsent(count, _ -> new ArrayList<>()).add(latency.p99Millis());
                }
            }
        }
        List<Double> single = p99.getOrDefault(1, List.of());
        return new Outcome(
                settings.counts().stream()
                        .skip(1)
                        .map(count ->
                                Figure.beside(
                                        NAME,
                                        "p99 to the session log, %d labs, %d events/s in all"
                                                .formatted(count, settings.perSecond()),
                                        "ms",
                                        p99.getOrDefault(count, List.of()),
                                        "one lab",
                                        single,
                                        new Target.AtMost(2)))
                        .toList(),
                List.of());
    }

    private LatencySummary measure(int count) throws InterruptedException {
        Histogram latency = new Histogram(LONGEST_NANOS, 3);
        try (ObservedLabs labs = new ObservedLabs(kafkaServers, count)) {
            labs.start();
            long events = settings.perSecond() * settings.duration().toSeconds();
            // Sent by a thread of its own: reading must not delay the beat.
            Thread sender =
                    Thread.ofPlatform()
                            .daemon()
                            .name("kontor-bench-labs-1")
                            .start(() -> send(labs, events));
            labs.awaitSequenced(
                    count + events,
                    (stamp, now) ->
                            latency.recordValue(
                                    Math.clamp(now - stamp.dueNanos(), 0, LONGEST_NANOS)));
            sender.join();
        }
        return LatencySummary.of(latency);
    }

    private void send(ObservedLabs labs, long events) {
        Pace pace = new Pace(System.nanoTime(), settings.perSecond());
        for (long number = 0; number < events; number++) {
            labs.publish(number, pace.next(), settings.size());
        }
    }
}
