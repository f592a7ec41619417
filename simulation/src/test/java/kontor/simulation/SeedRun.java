package kontor.simulation;

import java.util.Set;
import java.util.function.LongFunction;
import kontor.simulation.world.Sabotage;

/** Runs a cluster from a seed; gives the names of the invariants that do not hold. */
public final class SeedRun implements LongFunction<Set<String>> {

    @Override
    public Set<String> apply(long seed) {
        return new Cluster(seed, Sabotage.NONE).run().violated();
    }
}
