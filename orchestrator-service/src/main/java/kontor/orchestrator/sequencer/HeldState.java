package kontor.orchestrator.sequencer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import kontor.orchestrator.sequencer.Held.Lane;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/** What waits in a lab. A fold over session events. */
final class HeldState {

    /** What would be one more is lost, as in a full buffer. */
    static final int MOST = 4_096;

    private final SortedMap<Long, Held> held = new TreeMap<>();
    private final Map<Lane, Integer> lanes = new HashMap<>();
    private final Map<Link, Long> links = new HashMap<>();
    private final Set<Lane> stepped = new HashSet<>();
    private final Set<InstanceName> frozen = new TreeSet<>();
    private long frozenMicros;
    private long next = 1;

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
                frozen.isEmpty() ? 0 : frozenMicros);
    }

    // Folding.

    /** A datagram came, and some recipients are not told yet. */
    void came(SessionEvent event, AdapterEvent told, Happening.Datagram datagram) {
        for (Waiting waiting : event.rules().waits()) {
            Lane lane = lane(told, datagram, waiting.to());
            if (waiting.clearMicros() > 0) {
                links.put(new Link(waiting.rule(), lane.from(), lane.to()), waiting.clearMicros());
            }
            if (waiting.reason() == Waiting.Reason.PERSON) {
                stepped.remove(lane);
            }
            put(
                    new Held(
                            waiting.number(),
                            lane,
                            waiting.rule(),
                            waiting.reason(),
                            waiting.dueMicros(),
                            waiting.copies(),
                            waiting.bytes() == null ? datagram.payload().bytes() : waiting.bytes(),
                            event.stamp().nowMicros(),
                            told.capturedAtMicros(),
                            event.session(),
                            event.sequence()));
            next = Math.max(next, waiting.number() + 1);
        }
    }

    private void put(Held one) {
        if (held.put(one.number(), one) == null) {
            lanes.merge(one.lane(), 1, Integer::sum);
        }
    }

    /** One waits no longer. */
    void released(What.Released released) {
        @Nullable Held gone = held.remove(released.number());
        if (gone == null) {
            return;
        }
        lanes.computeIfPresent(gone.lane(), (_, count) -> count == 1 ? null : count - 1);
        if (released.holdNextMicros() > 0) {
            @Nullable Held following = first(gone.lane());
            if (following == null) {
                stepped.add(gone.lane());
            } else {
                held.put(following.number(), forPerson(following, released.holdNextMicros()));
            }
        }
    }

    private static Held forPerson(Held one, long dueMicros) {
        return new Held(
                one.number(),
                one.lane(),
                one.rule(),
                Waiting.Reason.PERSON,
                dueMicros,
                one.copies(),
                one.bytes(),
                one.heldAtMicros(),
                one.capturedAtMicros(),
                one.session(),
                one.sessionSequence());
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
        long stoodStill = Math.max(0, nowMicros - frozenMicros);
        held.replaceAll((_, one) ->
                one.reason() == Waiting.Reason.PERSON
                        ? forPerson(one, one.dueMicros() + stoodStill)
                        : one);
    }

    /** Other rules hold: their ways are free. */
    void rulesChanged() {
        links.clear();
    }

    // What the sequencer asks.

    static Lane lane(AdapterEvent told, Happening.Datagram datagram, InstanceName to) {
        return new Lane(
                told.instance(), datagram.source().port(), to, datagram.destination().port());
    }

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

    /** When the way has passed what it was given; 0: it is free. */
    long clear(String rule, Lane lane) {
        return links.getOrDefault(new Link(rule, lane.from(), lane.to()), 0L);
    }

    /** Whether nothing waits before it on its way. */
    boolean isFirst(Held one) {
        return one.equals(first(one.lane()));
    }

    private @Nullable Held first(Lane lane) {
        for (Held one : held.values()) {
            if (one.lane().equals(lane)) {
                return one;
            }
        }
        return null;
    }

    /** Those before which nothing waits on their way, in the order in which they came. */
    private List<Held> heads() {
        Set<Lane> seen = new HashSet<>();
        List<Held> heads = new ArrayList<>();
        for (Held one : held.values()) {
            if (seen.add(one.lane())) {
                heads.add(one);
            }
        }
        return heads;
    }

    private long dueMicros(Held head) {
        boolean stands = head.reason() == Waiting.Reason.PERSON && !frozen.isEmpty();
        return stands ? Long.MAX_VALUE : head.dueMicros();
    }

    /** The one that goes on by itself now, the one that is longest due if there are several. */
    @Nullable Held due(long nowMicros) {
        @Nullable Held due = null;
        for (Held head : heads()) {
            if (dueMicros(head) <= nowMicros
                    && (due == null || head.dueMicros() < due.dueMicros())) {
                due = head;
            }
        }
        return due;
    }

    /** When the next one goes on by itself; {@link Long#MAX_VALUE} if none waits. */
    long nextDueMicros() {
        long next = Long.MAX_VALUE;
        for (Held head : heads()) {
            next = Math.min(next, dueMicros(head));
        }
        return next;
    }
}
