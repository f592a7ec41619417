package kontor.orchestrator.sequencer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import kontor.orchestrator.sequencer.Run.Phase;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a lab: the live one of each instance, and the last of the others. Part of a {@link
 * LabState}; changed by folding only.
 */
final class Runs {

    /** Runs that have ended, or whose run_started never came. */
    static final int OTHERS_KEPT = 64;

    private final SortedMap<InstanceName, Run> live = new TreeMap<>();
    private final Map<RunId, Run> others = new BoundedMap<>(OTHERS_KEPT);

    /** Takes in what is known of a run now. */
    void put(Run run) {
        if (run.phase() == Phase.LIVE) {
            live.put(run.instance(), run);
        } else {
            others.put(run.id(), run);
        }
    }

    /** Takes in a run that is live from now on. */
    void start(Run run) {
        others.remove(run.id());
        put(run);
    }

    /** Ends the live run of its instance. */
    void end(Run run) {
        live.remove(run.instance());
        put(run.ended());
    }

    @Nullable Run get(RunId id) {
        // A lab has a handful of instances: looking at each is quicker than another map.
        for (Run run : live.values()) {
            if (run.id().equals(id)) {
                return run;
            }
        }
        return others.get(id);
    }

    @Nullable Run live(InstanceName instance) {
        return live.get(instance);
    }

    /** In the order of their instances' names. */
    Collection<Run> live() {
        return Collections.unmodifiableCollection(live.values());
    }

    /** In the order of their names. */
    List<InstanceName> liveInstancesBeside(InstanceName instance) {
        return live.keySet().stream().filter(other -> !other.equals(instance)).toList();
    }

    /** 0 for a run never seen. */
    long highestSequence(RunId id) {
        @Nullable Run run = get(id);
        return run == null ? 0 : run.highestSequence();
    }

    /** The live ones by name of their instance, then the others. */
    List<Run> all() {
        List<Run> runs = new ArrayList<>(live.values());
        runs.addAll(others.values());
        return runs;
    }

    /** The newest of each instance, live or not, in the order of their names. */
    List<Run> newest() {
        SortedMap<InstanceName, Run> newest = new TreeMap<>();
        others.values().forEach(run -> newest.put(run.instance(), run));
        newest.putAll(live);
        return List.copyOf(newest.values());
    }
}
