package kontor.gateway.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kontor.packets.v1.AdapterEvent;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.WaitReason;
import kontor.sessions.v1.Waiting;
import kontor.state.v1.Lab;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What waits in each lab, as the session log says: a fold over its records that begins with what
 * the newest checkpoint knows, so that a restart of this process forgets nothing. Thread-safe.
 */
@Component
public final class HeldBoard {

    private final Map<String, LabHolds> labs = new TreeMap<>();

    /** What waits in one lab. */
    private static final class LabHolds {

        private final TreeMap<Long, Held> waiting = new TreeMap<>();
        private final Set<String> frozen = new HashSet<>();
        private long frozenMicros;
    }

    /**
     * A way on which nothing passes what waits.
     *
     * @param flow names the TCP flow in its lab; empty for datagrams
     */
    record Lane(String lab, String from, int fromPort, String to, int toPort, String flow) {}

    /**
     * Something that waits.
     *
     * @param session empty where none was running
     * @param flow its number in the session; 0 where that is over
     * @param kind as the adapter's event: datagram, flow_data, flow_half_closed, flow_reset
     * @param dueMicros when it goes on by itself; 0: as soon as nothing is before it
     * @param isFrozen whether it waits for the games, which stand still, to go on
     */
    record Held(
            long number,
            Lane lane,
            String session,
            long sequence,
            int flow,
            String kind,
            String rule,
            WaitReason reason,
            long heldMicros,
            long dueMicros,
            boolean freezes,
            boolean isFrozen,
            Bytes bytes,
            int copies) {

        boolean isStream() {
            return !lane.flow().isEmpty();
        }

        /** Whether a person can change it or take it out. */
        boolean isContent() {
            return kind.equals("datagram") || kind.equals("flow_data");
        }

        private Held forPerson(long untilMicros, boolean stands) {
            return new Held(
                    number,
                    lane,
                    session,
                    sequence,
                    flow,
                    kind,
                    rule,
                    WaitReason.WAIT_REASON_PERSON,
                    heldMicros,
                    untilMicros,
                    freezes,
                    stands,
                    bytes,
                    copies);
        }
    }

    /** The next record that counts. */
    public synchronized void heard(SessionEvent event) {
        LabHolds lab = labs.computeIfAbsent(event.getLab(), _ -> new LabHolds());
        if (event.hasHeldReleased()) {
            released(lab, event);
        }
        if (event.hasAdapterEvent()) {
            AdapterEvent told = event.getAdapterEvent();
            switch (told.getWhatCase()) {
                case GAME_FROZEN -> froze(lab, told.getInstance(), event.getSequencedAtMicros());
                case GAME_THAWED, FREEZE_FAILED, RUN_STARTED, RUN_STOPPED ->
                        goesOn(lab, told.getInstance(), event.getSequencedAtMicros());
                default -> {}
            }
        }
        for (Waiting waiting : event.getWaitsList()) {
            Held held = held(event, waiting, !lab.frozen.isEmpty());
            lab.waiting.put(held.number(), held);
        }
    }

    private static Held held(SessionEvent event, Waiting waiting, boolean isFrozen) {
        AdapterEvent told = event.getAdapterEvent();
        byte[] own =
                told.hasDatagram()
                        ? told.getDatagram().getPayload().toByteArray()
                        : told.getFlowData().getPayload().toByteArray();
        boolean isPersons = waiting.getReason() == WaitReason.WAIT_REASON_PERSON;
        return new Held(
                waiting.getNumber(),
                lane(event, told, waiting.getInstance()),
                event.getSessionId(),
                event.getSessionSequence(),
                event.getFlow().getNumber(),
                told.getWhatCase().name().toLowerCase(Locale.ROOT),
                waiting.getRule(),
                waiting.getReason(),
                event.getSequencedAtMicros(),
                waiting.getDueAtMicros(),
                waiting.getFreezeMicros() > 0,
                isFrozen && isPersons,
                Bytes.owning(waiting.hasPayload() ? waiting.getPayload().toByteArray() : own),
                Math.max(1, waiting.getCopies()));
    }

    private static Lane lane(SessionEvent event, AdapterEvent told, String to) {
        if (told.hasDatagram()) {
            return new Lane(
                    event.getLab(),
                    told.getInstance(),
                    told.getDatagram().getSource().getPort(),
                    to,
                    told.getDatagram().getDestination().getPort(),
                    "");
        }
        SessionFlow flow = event.getFlow();
        FlowEnd from = flow.getFromOpener() ? flow.getOpener() : flow.getTarget();
        FlowEnd far = flow.getFromOpener() ? flow.getTarget() : flow.getOpener();
        return new Lane(
                event.getLab(),
                told.getInstance(),
                from.getEndpoint().getPort(),
                to,
                far.getEndpoint().getPort(),
                CheckpointedHold.name(flow.getReference()));
    }

    private static void released(LabHolds lab, SessionEvent event) {
        @Nullable Held gone = lab.waiting.remove(event.getHeldReleased().getNumber());
        long holdNext = event.getHeldReleased().getHoldNextMicros();
        if (gone != null && holdNext > 0) {
            lab.waiting.values().stream()
                    .filter(next -> next.lane().equals(gone.lane()))
                    .findFirst()
                    .ifPresent(next ->
                            lab.waiting.put(
                                    next.number(),
                                    next.forPerson(holdNext, !lab.frozen.isEmpty())));
        }
    }

    private static void froze(LabHolds lab, String instance, long nowMicros) {
        if (lab.frozen.isEmpty()) {
            lab.frozenMicros = nowMicros;
        }
        lab.frozen.add(instance);
        lab.waiting.replaceAll(
                (_, held) -> isPersons(held) ? held.forPerson(held.dueMicros(), true) : held);
    }

    /** The time in which a game stood still does not count, as in the orchestrator. */
    private static void goesOn(LabHolds lab, String instance, long nowMicros) {
        if (!lab.frozen.remove(instance) || !lab.frozen.isEmpty()) {
            return;
        }
        lab.waiting.replaceAll((_, held) -> {
            long since = Math.max(lab.frozenMicros, held.heldMicros());
            long due = held.dueMicros() + Math.max(0, nowMicros - since);
            return isPersons(held) ? held.forPerson(due, false) : held;
        });
    }

    private static boolean isPersons(Held held) {
        return held.reason() == WaitReason.WAIT_REASON_PERSON;
    }

    /** So it is in a lab, whatever was heard of it before. */
    public synchronized void known(Lab lab) {
        LabHolds holds = new LabHolds();
        holds.frozen.addAll(lab.getFrozen().getInstancesList());
        holds.frozenMicros = lab.getFrozen().getSinceMicros();
        lab.getHeldList()
                .forEach(held ->
                        holds.waiting.put(held.getNumber(), CheckpointedHold.of(lab, held)));
        labs.put(lab.getLab(), holds);
    }

    /** The log was cut: what it said may not be so. */
    public synchronized void forgetAll() {
        labs.clear();
    }

    /** By lab and number. */
    synchronized List<Held> all() {
        List<Held> all = new ArrayList<>();
        labs.values().forEach(lab -> all.addAll(lab.waiting.values()));
        return all;
    }

    synchronized @Nullable Held held(String lab, long number) {
        @Nullable LabHolds holds = labs.get(lab);
        return holds == null ? null : holds.waiting.get(number);
    }
}
