package kontor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import kontor.simulation.world.Sabotage;
import org.junit.jupiter.api.Test;

/**
 * Whatever a cluster lives through, all invariants hold when it has settled. A seed that fails is
 * printed with the end of its trace; alone it runs with {@code -Dkontor.simulation.seed=N}.
 */
final class ClusterSimulationTest {

    private static final long SEEDS = 10_000;
    private static final int TAIL = 60;
    private static final int TAIL_ALONE = 4_096;

    @Test
    void allInvariantsHoldInEverySeed() throws InterruptedException {
        String alone = System.getProperty("kontor.simulation.seed", "");
        if (!alone.isEmpty()) {
            Cluster.Outcome outcome = new Cluster(Long.parseLong(alone), Sabotage.NONE).run();
            outcome.world().trace().tail(TAIL_ALONE).forEach(System.out::println);
            assertThat(outcome.violated()).as("seed " + alone).isEmpty();
            return;
        }
        String count = System.getProperty("kontor.simulation.seeds", "");
        Campaign campaign = new Campaign(count.isEmpty() ? SEEDS : Long.parseLong(count));
        campaign.run();
        System.out.println(campaign);
        assertThat(campaign.failures).as("failing seeds").isEmpty();
    }

    /** Many seeds, each on one thread. */
    private static final class Campaign {

        private final long seeds;
        private final AtomicLong next = new AtomicLong();
        private final LongAdder events = new LongAdder();
        private final LongAdder steps = new LongAdder();
        private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final long began = System.nanoTime();

        Campaign(long seeds) {
            this.seeds = seeds;
        }

        void run() throws InterruptedException {
            List<Thread> threads =
                    java.util.stream.IntStream.range(0, Runtime.getRuntime().availableProcessors())
                            .mapToObj(i ->
                                    Thread.ofPlatform()
                                            .name("kontor-simulation-" + i)
                                            .start(this::work))
                            .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }

        private void work() {
            for (long seed = next.getAndIncrement();
                    seed < seeds && failures.size() < 3;
                    seed = next.getAndIncrement()) {
                Cluster.Outcome outcome = new Cluster(seed, Sabotage.NONE).run();
                events.add(outcome.events());
                steps.add(outcome.world().timeline().steps());
                synchronized (faults) {
                    outcome.faults().forEach((fault, n) -> faults.merge(fault, n, Integer::sum));
                }
                if (!outcome.isGood()) {
                    failures.add(report(seed, outcome));
                }
                if (seed > 0 && seed % 1_000 == 0) {
                    System.out.println(this);
                }
            }
        }

        private static String report(long seed, Cluster.Outcome outcome) {
            String report =
                    "seed %d (-Dkontor.simulation.seed=%d)%n  %s"
                            .formatted(
                                    seed,
                                    seed,
                                    String.join(
                                            System.lineSeparator() + "  ",
                                            outcome.world().trace().tail(TAIL)));
            System.out.println(report);
            return report;
        }

        @Override
        public String toString() {
            double seconds = (System.nanoTime() - began) / 1e9;
            long done = Math.min(next.get(), seeds);
            return "simulation: %,d seeds, %,d events, %,d steps, faults %s, %.0f s, %.0f seeds/s"
                    .formatted(done, events.sum(), steps.sum(), faults, seconds, done / seconds);
        }
    }
}
