package kontor.gateway.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.WaitReason;
import kontor.sessions.v1.Waiting;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What waits in each lab, as the session log says: a fold over its records, so that it is known
 * again after a restart as far back as the log is read then. Thread-safe.
 */
@Component
public final class HeldBoard {

    private final Map<String, TreeMap<Long, Held>> labs = new TreeMap<>();

    /**
     * A datagram that waits.
     *
     * @param session empty where none was running
     * @param dueMicros when it goes on by itself; 0: as soon as nothing is before it
     */
    record Held(
            String lab,
            long number,
            String session,
            long sequence,
            String from,
            int fromPort,
            String to,
            int toPort,
            String rule,
            WaitReason reason,
            long heldMicros,
            long dueMicros,
            Bytes bytes,
            int copies) {

        boolean isOnTheWayOf(Held other) {
            return from.equals(other.from)
                    && fromPort == other.fromPort
                    && to.equals(other.to)
                    && toPort == other.toPort;
        }

        private Held forPerson(long untilMicros) {
            return new Held(
                    lab,
                    number,
                    session,
                    sequence,
                    from,
                    fromPort,
                    to,
                    toPort,
                    rule,
                    WaitReason.WAIT_REASON_PERSON,
                    heldMicros,
                    untilMicros,
                    bytes,
                    copies);
        }
    }

    /** The next record that counts. */
    public synchronized void heard(SessionEvent event) {
        if (event.hasHeldReleased()) {
            released(event);
        }
        for (Waiting waiting : event.getWaitsList()) {
            labs.computeIfAbsent(event.getLab(), _ -> new TreeMap<>())
                    .put(waiting.getNumber(), held(event, waiting));
        }
    }

    private static Held held(SessionEvent event, Waiting waiting) {
        var told = event.getAdapterEvent();
        var datagram = told.getDatagram();
        byte[] bytes =
                waiting.hasPayload()
                        ? waiting.getPayload().toByteArray()
                        : datagram.getPayload().toByteArray();
        return new Held(
                event.getLab(),
                waiting.getNumber(),
                event.getSessionId(),
                event.getSessionSequence(),
                told.getInstance(),
                datagram.getSource().getPort(),
                waiting.getInstance(),
                datagram.getDestination().getPort(),
                waiting.getRule(),
                waiting.getReason(),
                event.getSequencedAtMicros(),
                waiting.getDueAtMicros(),
                Bytes.owning(bytes),
                Math.max(1, waiting.getCopies()));
    }

    private void released(SessionEvent event) {
        @Nullable TreeMap<Long, Held> waiting = labs.get(event.getLab());
        @Nullable Held gone =
                waiting == null ? null : waiting.remove(event.getHeldReleased().getNumber());
        long holdNext = event.getHeldReleased().getHoldNextMicros();
        if (waiting != null && gone != null && holdNext > 0) {
            waiting.values().stream()
                    .filter(next -> next.isOnTheWayOf(gone))
                    .findFirst()
                    .ifPresent(next -> waiting.put(next.number(), next.forPerson(holdNext)));
        }
    }

    /** By lab and number. */
    synchronized List<Held> all() {
        List<Held> all = new ArrayList<>();
        labs.values().forEach(waiting -> all.addAll(waiting.values()));
        return all;
    }

    synchronized @Nullable Held held(String lab, long number) {
        @Nullable TreeMap<Long, Held> waiting = labs.get(lab);
        return waiting == null ? null : waiting.get(number);
    }
}
