package kontor.orchestrator.reload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import kontor.orchestrator.reload.ReloadPlan.Self;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates the reloads of a partition's labs for one owner, from its claim to its end. Folds
 * what it hears and says what is to be done; of what it decided it believes nothing until it has
 * read it back, and writes one record per lab at a time.
 *
 * <p>It decides nothing before it has read its own epoch back: then it has read all that earlier
 * owners wrote that counts, and nothing that they may still write does. Once it reads a higher
 * epoch it decides nothing more.
 *
 * <p>Confined to the owner's thread.
 */
public final class ReloadCoordinator {

    private final Self self;
    private final ReloadPlan plan;
    private final Function<LabName, Map<InstanceName, RunId>> live;
    private final ReloadLog log = new ReloadLog();

    /** Written and not yet read back. */
    private final Map<LabName, ReloadStatus> pending = new HashMap<>();

    /** Commands that were given, as far as nothing was heard that contradicts them. */
    private final Set<Told> told = new HashSet<>();

    private @Nullable ReloadId handedOver;

    private record Told(LabName lab, InstanceName instance, RunId run, ReloadId id, boolean thaw) {}

    /**
     * @param process this one
     * @param epoch of its claim
     * @param live the runs of a lab's instances that can be commanded
     */
    public ReloadCoordinator(
            ProcessId process,
            long epoch,
            PhaseLimits limits,
            Function<LabName, Map<InstanceName, RunId>> live) {
        this.self = new Self(process, epoch);
        this.plan = new ReloadPlan(self, limits);
        this.live = live;
    }

    /**
     * Takes an input in, those of the control topic in its order.
     *
     * @return what is to be done, in this order; all of it, or this owner is over
     */
    public List<Effect> on(Input input, long nowMicros) {
        log.fold(input);
        forget(input);
        List<Effect> effects = new ArrayList<>();
        if (mayDecide()) {
            log.labs()
                    .forEach((lab, reloads) -> {
                        for (Effect effect :
                                plan.decide(lab, reloads, log, live.apply(lab), nowMicros)) {
                            if (isNew(effect)) {
                                effects.add(effect);
                            }
                        }
                    });
        }
        return effects;
    }

    /** Its own epoch was read and no higher one, and it has not handed over. */
    private boolean mayDecide() {
        return log.epoch() == self.epoch() && handedOver == null;
    }

    /** What is heard shows what was done, or that it was not. */
    private void forget(Input input) {
        switch (input) {
            case Input.Recorded recorded -> {
                @Nullable ReloadStatus awaited = pending.get(recorded.lab());
                ReloadStatus read = recorded.status();
                if (awaited != null
                        && awaited.id().equals(read.id())
                        && awaited.phase() == read.phase()
                        && awaited.ownerEpoch() == read.ownerEpoch()) {
                    pending.remove(recorded.lab());
                }
                if (read.phase() == Phase.ANNOUNCED) {
                    told.removeIf(command ->
                            command.lab().equals(recorded.lab())
                                    && !command.id().equals(read.id()));
                }
            }
            case Input.AdapterHeard heard ->
                    told.removeIf(command ->
                            command.thaw()
                                    && command.lab().equals(heard.lab())
                                    && command.instance().equals(heard.instance())
                                    && command.id().toString().equals(heard.freezeId()));
            case Input.FreezeWanted wanted ->
                    told.removeIf(command ->
                            command.lab().equals(wanted.lab())
                                    && !command.id().equals(wanted.id()));
            case Input.Wanted _,
                    Input.ThawWanted _,
                    Input.ProcessHeard _,
                    Input.FreezeAnswered _,
                    Input.ContinuityHeard _,
                    Input.ContinuityAwaited _,
                    Input.Tick _ -> {}
        }
    }

    private boolean isNew(Effect effect) {
        return switch (effect) {
            case Effect.Write write -> pending.putIfAbsent(write.lab(), write.status()) == null;
            case Effect.Freeze freeze ->
                    told.add(
                            new Told(
                                    freeze.lab(),
                                    freeze.instance(),
                                    freeze.run(),
                                    freeze.id(),
                                    false));
            case Effect.Thaw thaw ->
                    told.add(new Told(thaw.lab(), thaw.instance(), thaw.run(), thaw.id(), true));
            case Effect.HandOver handOver -> {
                handedOver = handOver.id();
                yield true;
            }
        };
    }
}
