package kontor.journal.ledger;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.journal.ledger.LogEntry.What;
import kontor.log.OwnerFence;
import kontor.log.SessionOrder;
import kontor.vocabulary.SessionId;

/**
 * Says what follows for the tables from each entry of the session log, as {@link OwnerFence} and
 * {@link SessionOrder} read it: void and repeated entries write nothing; a gap, or a claim that was
 * not read, is told and the entry taken as it is. Nothing is invented.
 *
 * <p>Holds what the tables hold, in short: highest claimed epoch of each partition, highest
 * sequence and flows of each session. So it may run ahead of the tables by one batch only; where
 * that batch fails, the ledger is thrown away and a new one recalled from the tables. Not
 * thread-safe.
 */
public final class Ledger {

    private final int sessionBound;
    private final Map<Integer, OwnerFence> fences = new HashMap<>();
    private final LinkedHashMap<SessionId, SessionProgress> sessions =
            new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param sessionBound how many sessions are kept between batches; more are recalled again
     * @param epochs highest epoch known to be claimed, by partition
     */
    public Ledger(int sessionBound, Map<Integer, Long> epochs) {
        this.sessionBound = sessionBound;
        epochs.forEach((partition, epoch) -> fences.put(partition, new OwnerFence(epoch)));
    }

    /** The sessions of these entries that have to be {@link #recall recalled} first. */
    public Set<SessionId> unknownIn(Collection<LogEntry> entries) {
        Set<SessionId> unknown = new LinkedHashSet<>();
        for (LogEntry entry : entries) {
            EventRow event = entry.event();
            if (event != null && !sessions.containsKey(event.session())) {
                unknown.add(event.session());
            }
        }
        return unknown;
    }

    /** Puts in what the tables know of a session. */
    public void recall(SessionId session, SessionProgress progress) {
        sessions.put(session, progress);
    }

    /** Forgets the sessions not seen for longest, down to the bound; between two batches. */
    public void forgetBeyondBound() {
        var eldest = sessions.keySet().iterator();
        for (int surplus = sessions.size() - sessionBound; surplus > 0; surplus--) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Highest epoch known to be claimed in a partition; 0 before the first. */
    public long epochOf(int partition) {
        OwnerFence fence = fences.get(partition);
        return fence == null ? 0 : fence.epoch();
    }

    /** Takes the next entry of its partition. */
    public List<Effect> on(LogEntry entry) {
        OwnerFence fence = fences.computeIfAbsent(entry.partition(), _ -> new OwnerFence());
        long claimed = fence.epoch();
        return switch (fence.on(entry.ownerEpoch(), entry.what() instanceof What.OwnerClaim)) {
            case VOID ->
                    List.of(
                            new Effect.VoidEntry(
                                    entry.partition(),
                                    entry.offset(),
                                    entry.ownerEpoch(),
                                    claimed));
            case CURRENT -> counting(entry);
            case UNCLAIMED -> {
                List<Effect> effects = new ArrayList<>(counting(entry));
                effects.add(
                        new Effect.UnreadClaim(
                                entry.partition(), entry.offset(), entry.ownerEpoch(), claimed));
                yield effects;
            }
        };
    }

    private List<Effect> counting(LogEntry entry) {
        EventRow event = entry.event();
        return event == null ? ofTheLab(entry.what()) : ofASession(entry, event);
    }

    private static List<Effect> ofTheLab(What what) {
        return switch (what) {
            case What.RunStart(RunRow run) -> List.of(new Effect.StartRun(run));
            case What.RunStop stop -> List.of(new Effect.StopRun(stop.run(), stop.atMicros()));
            case What.OwnerClaim _,
                    What.SessionStart _,
                    What.SessionEnd _,
                    What.HalfClose _,
                    What.FlowEnd _,
                    What.Nothing _ ->
                    List.of();
        };
    }

    private List<Effect> ofASession(LogEntry entry, EventRow event) {
        SessionProgress progress =
                sessions.computeIfAbsent(event.session(), _ -> SessionProgress.none());
        long highest = progress.highestSequence();
        SessionOrder order = SessionOrder.of(highest, event.sequence());
        if (order == SessionOrder.REPEATED) {
            return List.of(new Effect.RepeatedEntry(entry.partition(), entry.offset()));
        }
        List<Effect> effects = new ArrayList<>(3);
        if (order == SessionOrder.AFTER_GAP) {
            effects.add(new Effect.SequenceGap(event.session(), highest + 1, event.sequence()));
        }
        if (highest == 0) {
            Long ordinal = entry.what() instanceof What.SessionStart(long n) ? n : null;
            effects.add(
                    new Effect.StartSession(
                            event.session(), entry.lab(), ordinal, event.sequencedAtMicros()));
        }
        progress.advanceTo(event.sequence());
        effects.add(new Effect.WriteEvent(event, entry.deliveries()));
        checkPayload(event, effects);
        openFlow(entry, event, progress, effects);
        consequences(entry, event, progress, effects);
        return effects;
    }

    private static void checkPayload(EventRow event, List<Effect> effects) {
        EventRow.Adapter adapter = event.adapter();
        if (adapter != null && adapter.payloadCrc32c() != event.actualCrc32c()) {
            effects.add(
                    new Effect.ChecksumMismatch(
                            event.session(),
                            event.sequence(),
                            adapter.payloadCrc32c(),
                            event.actualCrc32c()));
        }
    }

    private static void openFlow(
            LogEntry entry, EventRow event, SessionProgress progress, List<Effect> effects) {
        FlowRow flow = entry.flow();
        if (flow != null && !progress.flows().containsKey(flow.number())) {
            progress.flows().put(flow.number(), FlowProgress.of(flow));
            effects.add(new Effect.OpenFlow(flow, event.sequence()));
        }
    }

    private static void consequences(
            LogEntry entry, EventRow event, SessionProgress progress, List<Effect> effects) {
        switch (entry.what()) {
            case What.SessionEnd(String reason) ->
                    effects.add(
                            new Effect.EndSession(
                                    event.session(), event.sequencedAtMicros(), reason));
            case What.RunStart(RunRow run) -> {
                effects.add(new Effect.StartRun(run));
                endFlowsOf(run.instance(), event, progress, effects);
            }
            case What.RunStop stop -> {
                effects.add(new Effect.StopRun(stop.run(), stop.atMicros()));
                endFlowsOf(stop.instance(), event, progress, effects);
            }
            case What.HalfClose _ -> halfClose(entry, event, progress, effects);
            case What.FlowEnd(String reason) -> {
                FlowRow flow = entry.flow();
                if (flow != null) {
                    endFlow(flow.number(), event, reason, progress, effects);
                }
            }
            case What.OwnerClaim _, What.SessionStart _, What.Nothing _ -> {}
        }
    }

    private static void halfClose(
            LogEntry entry, EventRow event, SessionProgress progress, List<Effect> effects) {
        FlowRow flow = entry.flow();
        if (flow == null) {
            return;
        }
        boolean byOpener = Boolean.TRUE.equals(event.fromOpener());
        FlowProgress before = requireNonNull(progress.flows().get(flow.number()));
        FlowProgress after = before.halfClosed(byOpener);
        if (!after.equals(before)) {
            progress.flows().put(flow.number(), after);
            effects.add(
                    new Effect.HalfCloseFlow(
                            event.session(), flow.number(), byOpener, event.sequence()));
        }
        if (after.openerClosed() && after.targetClosed()) {
            endFlow(flow.number(), event, "closed", progress, effects);
        }
    }

    /** With a run end all TCP connections that its adapter held. */
    private static void endFlowsOf(
            String instance, EventRow event, SessionProgress progress, List<Effect> effects) {
        List<Integer> hanging =
                progress.flows().entrySet().stream()
                        .filter(flow -> flow.getValue().hangsOn(instance))
                        .map(Map.Entry::getKey)
                        .toList();
        hanging.forEach(flow -> endFlow(flow, event, "reset", progress, effects));
    }

    private static void endFlow(
            int number,
            EventRow event,
            String reason,
            SessionProgress progress,
            List<Effect> effects) {
        FlowProgress flow = requireNonNull(progress.flows().get(number));
        if (!flow.over()) {
            progress.flows().put(number, flow.ended());
            effects.add(new Effect.EndFlow(event.session(), number, event.sequence(), reason));
        }
    }
}
