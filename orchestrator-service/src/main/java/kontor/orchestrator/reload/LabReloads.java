package kontor.orchestrator.reload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.orchestrator.reload.ReloadStatus.Timing;
import kontor.orchestrator.sequencer.BoundedMap;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** One lab's reloads, folded; decides nothing. Bounded. */
final class LabReloads {

    /** A request or a record of one that ended longer ago would begin it anew. */
    static final int ENDED_KEPT = 256;

    /** Requests that wait to be answered; the eldest makes room, and is not answered. */
    static final int OPEN_KEPT = 64;

    private final Map<ReloadId, Input.Wanted> open = new BoundedMap<>(OPEN_KEPT);
    private final Map<ReloadId, ReloadStatus> ended = new BoundedMap<>(ENDED_KEPT);
    private final Map<InstanceName, Standing> standings = new HashMap<>();
    private final Map<InstanceName, Holding> holdings = new HashMap<>();
    private final FreezesByHand byHand = new FreezesByHand();
    private @Nullable Running running;

    /**
     * The one reload that is under way.
     *
     * @param awaitedMicros when the gateway last said that its report will come; 0: it did not
     */
    record Running(
            ReloadStatus status,
            List<Timing> passed,
            Set<ProcessId> earlierProcesses,
            @Nullable Report report,
            long awaitedMicros) {

        Running {
            passed = List.copyOf(passed);
            earlierProcesses = Set.copyOf(earlierProcesses);
        }

        /** Whether it is this one, and it waits for the gateway's report. */
        boolean isVerified(ReloadId id) {
            return status.phase() == Phase.VERIFYING && status.id().equals(id);
        }

        Running with(Report found) {
            return new Running(status, passed, earlierProcesses, found, awaitedMicros);
        }

        Running awaited(long micros) {
            return new Running(status, passed, earlierProcesses, report, micros);
        }

        /** What has passed when a next phase begins. */
        List<Timing> passedAt(long nowMicros) {
            List<Timing> timings = new ArrayList<>(passed);
            long took = Math.max(0, nowMicros - status.sinceMicros());
            timings.add(new Timing(status.phase(), took));
            return timings;
        }
    }

    /** What the gateway found. */
    record Report(boolean clean, String summary) {}

    /**
     * How a game stands to the running reload's freeze.
     *
     * @param byEvent whether the adapter said it as an event: that is newer than what its status
     *     says, which comes by another topic
     */
    record Standing(RunId run, FreezeAnswer answer, String detail, boolean byEvent) {}

    /** Which freeze holds a game, as its adapter's newest status has it; empty for none. */
    record Holding(RunId run, String freezeId) {}

    void fold(Input.Wanted wanted) {
        boolean answered =
                ended.containsKey(wanted.id())
                        || (running != null && running.status().id().equals(wanted.id()));
        if (!answered) {
            open.putIfAbsent(wanted.id(), wanted);
        }
    }

    void fold(Input.FreezeWanted wanted) {
        byHand.fold(wanted);
    }

    /** A reload thaws its games itself. */
    void fold(Input.ThawWanted wanted) {
        if (running == null || !running.status().id().equals(wanted.id())) {
            byHand.fold(wanted);
        }
    }

    /**
     * Takes the record of a phase, of which the epoch was found good.
     *
     * @param earlierProcesses those of its service that have spoken so far
     */
    void fold(ReloadStatus status, Set<ProcessId> earlierProcesses) {
        if (ended.containsKey(status.id())) {
            return;
        }
        if (running != null && running.status().id().equals(status.id())) {
            advance(running, status, earlierProcesses);
        } else if (status.phase().isFinal()) {
            ended.put(status.id(), status);
        } else if (running == null) {
            standings.clear();
            running = new Running(status, List.of(), earlierProcesses, null, 0);
        } else {
            return;
        }
        open.remove(status.id());
    }

    private void advance(Running from, ReloadStatus status, Set<ProcessId> earlierProcesses) {
        if (!status.phase().isBehind(from.status().phase())) {
            return;
        }
        if (status.phase().isFinal()) {
            ended.put(status.id(), status);
            if (status.freeze()) {
                // Its freeze took the place of one by hand, and the games go on now.
                byHand.end();
            }
            running = null;
            return;
        }
        boolean restarting = status.phase() == Phase.RESTARTING;
        running =
                new Running(
                        status,
                        from.passedAt(status.sinceMicros()),
                        restarting ? earlierProcesses : from.earlierProcesses(),
                        from.report(),
                        0);
    }

    void fold(Input.ContinuityHeard heard) {
        if (running != null && running.isVerified(heard.id())) {
            running = running.with(new Report(heard.clean(), heard.summary()));
        }
    }

    void fold(Input.ContinuityAwaited awaited) {
        if (running != null && running.isVerified(awaited.id())) {
            running = running.awaited(awaited.sentAtMicros());
        }
    }

    void fold(Input.FreezeAnswered answered) {
        if (running != null && isOf(running, answered.freezeId())) {
            standings.put(
                    answered.instance(),
                    new Standing(answered.run(), answered.answer(), answered.detail(), true));
        }
    }

    void fold(Input.AdapterHeard heard) {
        holdings.put(heard.instance(), new Holding(heard.run(), heard.freezeId()));
        if (running == null || !running.status().freeze()) {
            return;
        }
        @Nullable Standing known = standings.get(heard.instance());
        if (known != null && known.byEvent() && known.run().equals(heard.run())) {
            return;
        }
        if (isOf(running, heard.freezeId())) {
            standings.put(
                    heard.instance(), new Standing(heard.run(), FreezeAnswer.FROZEN, "", false));
        } else if (isFrozen(known) || saysThawed(running.status(), heard)) {
            standings.put(
                    heard.instance(), new Standing(heard.run(), FreezeAnswer.THAWED, "", false));
        }
    }

    private static boolean isFrozen(@Nullable Standing standing) {
        return standing != null && standing.answer() == FreezeAnswer.FROZEN;
    }

    private static boolean saysThawed(ReloadStatus status, Input.AdapterHeard heard) {
        return status.phase() == Phase.THAWING && heard.sentAtMicros() >= status.sinceMicros();
    }

    private static boolean isOf(Running reload, String freezeId) {
        return reload.status().id().toString().equals(freezeId);
    }

    // What the plan asks.

    @Nullable Running running() {
        return running;
    }

    /** Requests without an answer, the eldest first. */
    List<Input.Wanted> open() {
        return List.copyOf(open.values());
    }

    /** Null where this run has not said anything. */
    @Nullable FreezeAnswer answer(InstanceName instance, RunId run) {
        @Nullable Standing standing = standings.get(instance);
        return standing == null || !standing.run().equals(run) ? null : standing.answer();
    }

    String answerDetail(InstanceName instance) {
        @Nullable Standing standing = standings.get(instance);
        return standing == null ? "" : standing.detail();
    }

    /**
     * The freeze, of a reload or by hand, that has ended and still holds this game; null for none.
     */
    @Nullable ReloadId overdue(InstanceName instance, RunId run) {
        @Nullable Holding holding = holdings.get(instance);
        if (holding == null || !holding.run().equals(run) || holding.freezeId().isEmpty()) {
            return null;
        }
        for (ReloadId id : ended.keySet()) {
            if (id.toString().equals(holding.freezeId())) {
                return id;
            }
        }
        return byHand.overdue(holding.freezeId());
    }

    /** The freeze by hand that is to hold the games now; null for none. */
    FreezesByHand.@Nullable ByHand frozenByHand(long nowMicros) {
        return byHand.wanted(nowMicros);
    }
}
