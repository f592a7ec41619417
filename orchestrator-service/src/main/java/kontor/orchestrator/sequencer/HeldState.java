package kontor.orchestrator.sequencer;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import kontor.orchestrator.sequencer.Held.Lane;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/** What waits in a lab. A fold over session events. */
final class HeldState {

    /** A datagram that would be one more is lost, as in a full buffer. */
    static final int MOST = 4_096;

    /** A stream loses nothing: one of which more waits goes on. */
    static final long MOST_OF_STREAM_BYTES = 1 << 20;

    private final SortedMap<Long, Held> held = new TreeMap<>();
    private final Map<Lane, TreeMap<Long, Held>> lanes = new HashMap<>();
    private final Map<Link, Long> links = new HashMap<>();
    private final Set<Lane> stepped = new HashSet<>();
    private final Set<InstanceName> frozen = new TreeSet<>();
    private long frozenMicros;
    private long next = 1;

    /** The last freeze for something that waits no longer. */
    private @Nullable UUID thawed;

    /** The way between two instances by a rule with a limited rate. */
    record Link(String rule, InstanceName from, InstanceName to) {}

    HeldState() {}

    static HeldState of(LabCheckpoint.Waits checkpoint) {
        HeldState state = new HeldState();
        checkpoint.held().forEach(state::put);
        checkpoint
                .links()
                .forEach(link ->
                        state.links.put(
                                new Link(link.rule(), link.from(), link.to()), link.clearMicros()));
        state.stepped.addAll(checkpoint.stepped());
        state.next = checkpoint.next();
        state.frozen.addAll(checkpoint.frozen());
        state.frozenMicros = checkpoint.frozenMicros();
        state.thawed = checkpoint.thawed();
        return state;
    }

    LabCheckpoint.Waits checkpoint() {
        return new LabCheckpoint.Waits(
                List.copyOf(held.values()),
                next,
                links.entrySet().stream()
                        .map(entry ->
                                new LabCheckpoint.LinkClear(
                                        entry.getKey().rule(),
                                        entry.getKey().from(),
                                        entry.getKey().to(),
                                        entry.getValue()))
                        .toList(),
                List.copyOf(stepped),
                List.copyOf(frozen),
                frozen.isEmpty() ? 0 : frozenMicros,
                thawed);
    }

    // Folding.

    /** Something came that is not passed on yet, or not to all of its recipients. */
    void came(SessionEvent event, AdapterEvent told) {
        for (Waiting waiting : event.rules().waits()) {
            Lane lane = Lane.of(told, event.flow(), waiting.to());
            if (waiting.clearMicros() > 0) {
                links.put(new Link(waiting.rule(), lane.from(), lane.to()), waiting.clearMicros());
            }
            if (waiting.reason() == Waiting.Reason.PERSON) {
                stepped.remove(lane);
            }
            put(
                    new Held(
                            waiting.number(),
                            Held.Kind.of(told.what()),
                            lane,
                            waiting.rule(),
                            waiting.reason(),
                            waiting.dueMicros(),
                            waiting.copies(),
                            waiting.bytes() == null ? own(told.what()) : waiting.bytes(),
                            told.what() instanceof Happening.FlowData data ? data.streamEnd() : 0,
                            waiting.freezeMicros(),
                            event.stamp().nowMicros(),
                            told.capturedAtMicros(),
                            event.session(),
                            event.sequence(),
                            waiting.codes()));
            next = Math.max(next, waiting.number() + 1);
            if (lane.flow() != null && bytesOf(lane) > MOST_OF_STREAM_BYTES) {
                goOn(lane);
            }
        }
    }

    private static Bytes own(Happening what) {
        return switch (what) {
            case Happening.Datagram datagram -> datagram.payload().bytes();
            case Happening.FlowData data -> data.payload().bytes();
            case Happening.RunStarted _,
                    Happening.RunStopped _,
                    Happening.InFlow _,
                    Happening.FlowOpened _,
                    Happening.DatagramsMissed _,
                    Happening.StrangerSeen _,
                    Happening.Injected _,
                    Happening.FreezeAnswered _,
                    Happening.Malformed _ ->
                    Bytes.empty();
        };
    }

    private void put(Held one) {
        held.put(one.number(), one);
        lanes.computeIfAbsent(one.lane(), _ -> new TreeMap<>()).put(one.number(), one);
    }

    /** In the order in which they came. */
    private Collection<Held> on(Lane lane) {
        return lanes.getOrDefault(lane, new TreeMap<>()).values();
    }

    private long bytesOf(Lane lane) {
        return on(lane).stream().mapToLong(one -> one.bytes().length()).sum();
    }

    /** What waits there for a person, its time or rules in Java waits no longer. */
    private void goOn(Lane lane) {
        for (Held one : List.copyOf(on(lane))) {
            put(one.freed());
        }
        stepped.remove(lane);
    }

    /** The flow is over: what waits in it finds that out now. */
    void forget(FlowReference flow) {
        if (!isEmpty()) {
            for (Lane lane : List.copyOf(lanes.keySet())) {
                if (flow.equals(lane.flow())) {
                    goOn(lane);
                }
            }
            stepped.removeIf(lane -> flow.equals(lane.flow()));
        }
    }

    /** One waits no longer. */
    void released(What.Released released) {
        @Nullable Held gone = held.remove(released.number());
        if (gone == null) {
            return;
        }
        on(gone.lane()).remove(gone);
        if (on(gone.lane()).isEmpty()) {
            lanes.remove(gone.lane());
        }
        if (gone.freezeMicros() > 0) {
            thawed = gone.freezeId();
        }
        if (released.holdNextMicros() > 0) {
            if (waits(gone.lane())) {
                Held following = first(on(gone.lane()));
                put(following.waiting(Waiting.Reason.PERSON, released.holdNextMicros()));
            } else {
                stepped.add(gone.lane());
            }
        }
    }

    /** A game stands still: nobody gives up, so what waits for a person goes on waiting. */
    void froze(InstanceName instance, long nowMicros) {
        if (frozen.isEmpty()) {
            frozenMicros = nowMicros;
        }
        frozen.add(instance);
    }

    /** A game goes on, or its run is over. The time in which one stood still does not count. */
    void goesOn(InstanceName instance, long nowMicros) {
        if (!frozen.remove(instance) || !frozen.isEmpty()) {
            return;
        }
        for (Held one : List.copyOf(held.values())) {
            if (one.reason() == Waiting.Reason.PERSON) {
                long stoodStill = nowMicros - Math.max(frozenMicros, one.heldAtMicros());
                put(one.waiting(one.reason(), one.dueMicros() + Math.max(0, stoodStill)));
            }
        }
    }

    /** Other rules hold: their ways are free. */
    void rulesChanged() {
        links.clear();
    }

    /** The clock by which its ways become free may be another one. */
    void runStarted(InstanceName instance) {
        links.keySet().removeIf(link -> link.from().equals(instance));
    }

    // What the sequencer asks.

    boolean isEmpty() {
        return held.isEmpty() && stepped.isEmpty();
    }

    boolean waits(Lane lane) {
        return lanes.containsKey(lane);
    }

    /** Whether a person wants to see the next one that comes. */
    boolean isStepped(Lane lane) {
        return stepped.contains(lane);
    }

    @Nullable Held held(long number) {
        return held.get(number);
    }

    long next() {
        return next;
    }

    int count() {
        return held.size();
    }

    /** When the way has passed what it was given, by the sender's clock; 0: it is free. */
    long clear(String rule, Lane lane) {
        return links.getOrDefault(new Link(rule, lane.from(), lane.to()), 0L);
    }

    /** Whether nothing waits before it on its way. */
    boolean isFirst(Held one) {
        return first(on(one.lane())).equals(one);
    }

    private static Held first(Collection<Held> lane) {
        return lane.iterator().next();
    }

    private long dueMicros(Held head, CodeAnswers answers) {
        boolean stands = head.reason() == Waiting.Reason.PERSON && !frozen.isEmpty();
        return stands ? Long.MAX_VALUE : head.goesOnMicros(answers);
    }

    /** The one that goes on by itself now, the one that is longest due if there are several. */
    @Nullable Held due(long nowMicros, CodeAnswers answers) {
        @Nullable Held due = null;
        long since = Long.MAX_VALUE;
        for (TreeMap<Long, Held> lane : lanes.values()) {
            Held head = first(lane.values());
            long at = dueMicros(head, answers);
            boolean isSooner =
                    due == null || at < since || (at == since && head.number() < due.number());
            if (at <= nowMicros && isSooner) {
                due = head;
                since = at;
            }
        }
        return due;
    }

    /** What waits for rules in Java, in the order of its numbers. */
    List<Held> forCode() {
        return held.values().stream().filter(one -> !one.codes().isEmpty()).toList();
    }

    /** When the next one goes on by itself; {@link Long#MAX_VALUE} if none waits. */
    long nextDueMicros(CodeAnswers answers) {
        long next = Long.MAX_VALUE;
        for (TreeMap<Long, Held> lane : lanes.values()) {
            next = Math.min(next, dueMicros(first(lane.values()), answers));
        }
        return next;
    }

    /** Null while nothing waits for which the games are to stand still. */
    Held.@Nullable Freeze freeze() {
        for (Held one : held.values()) {
            if (one.freezeMicros() > 0) {
                return new Held.Freeze(one.freezeId(), one.heldAtMicros() + one.freezeMicros());
            }
        }
        return null;
    }

    /** The freeze that was wanted last, and is not any more; null: there was none. */
    @Nullable UUID thawed() {
        return thawed;
    }
}
