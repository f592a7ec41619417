package kontor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import kontor.journal.ledger.Ledger;
import kontor.orchestrator.ownership.Owner;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.ownership.SendWindow;
import kontor.orchestrator.reload.ReloadCoordinator;
import kontor.simulation.mutant.MutantLoader;
import kontor.simulation.mutant.Mutation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What keeps the guarantees is deleted or weakened in the production code itself, one after the
 * other: each time the simulation has to turn red. Prints by which seed, and what did not hold.
 */
final class ProductionMutationTest {

    private static final long SEEDS = 10_000;

    static Stream<Mutation> mutations() throws ClassNotFoundException {
        Class<?> takeover = Class.forName("kontor.orchestrator.ownership.Takeover");
        Class<?> relay = Class.forName("kontor.orchestrator.ownership.Relay");
        Class<?> desk = Class.forName("kontor.orchestrator.sequencer.HoldDesk");
        Class<?> router = Class.forName("kontor.orchestrator.sequencer.Router");
        Class<?> plan = Class.forName("kontor.orchestrator.reload.ReloadPlan$Question");
        return Stream.of(
                Mutation.returns(takeover, "reissue", 0),
                Mutation.returns(takeover, "fence", 0),
                Mutation.returns(takeover, "isClaimRead", 1),
                Mutation.returns(takeover, "isOwner", 1),
                Mutation.unfenced(PartitionLog.class, "claim"),
                Mutation.unfenced(PartitionLog.class, "entry"),
                Mutation.unfenced(Ledger.class, "on"),
                Mutation.returns(SendWindow.class, "isFull", 0),
                Mutation.calls(Owner.class, "flush", "release"),
                Mutation.returns(relay, "isRoomBehind", 1),
                Mutation.returns(ReloadCoordinator.class, "mayDecide", 1),
                Mutation.returns(plan, "hasTakenOver", 0),
                Mutation.anyAreEqual(router, "between"),
                Mutation.returnsField(desk, "cameMicros", "nowMicros"));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void someSeedNoticesIt(Mutation mutation) throws Exception {
        LongFunction<Set<String>> run = load(mutation);
        AtomicLong next = new AtomicLong();
        Map<Long, Set<String>> noticed = new ConcurrentSkipListMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            threads.add(
                    Thread.ofPlatform()
                            .name("kontor-mutant-" + i)
                            .start(() -> {
                                for (long seed = next.getAndIncrement();
                                        seed < SEEDS && noticed.isEmpty();
                                        seed = next.getAndIncrement()) {
                                    Set<String> violated = run.apply(seed);
                                    if (!violated.isEmpty()) {
                                        noticed.put(seed, violated);
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf("mutation: %-26s noticed by %s%n", mutation, noticed);
        assertThat(noticed).as("seeds that notice " + mutation).isNotEmpty();
    }

    @SuppressWarnings("unchecked")
    private static LongFunction<Set<String>> load(Mutation mutation) throws Exception {
        return (LongFunction<Set<String>>)
                new MutantLoader(mutation)
                        .loadClass(SeedRun.class.getName())
                        .getConstructor()
                        .newInstance();
    }
}
