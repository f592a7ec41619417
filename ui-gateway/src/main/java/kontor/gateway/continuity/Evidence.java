package kontor.gateway.continuity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the database says of one session, at one moment.
 *
 * @param events rows
 * @param lastSequence the highest
 * @param byVerdict rows that an adapter said, by verdict
 * @param faults found by comparing rows, {@code mostFaults} of each check at most
 * @param faultCounts of each check with faults, how many there are in truth
 * @param unanswered deliveries without a receipt, oldest first, bounded
 * @param explained commands that failed as their own game had ended the flow
 */
public record Evidence(
        boolean ended,
        long events,
        long lastSequence,
        Map<String, Long> byVerdict,
        List<Run> runs,
        long payloads,
        long payloadBytes,
        long deliveries,
        long unansweredCount,
        List<Unanswered> unanswered,
        long explained,
        List<Fault> faults,
        Map<Check, Long> faultCounts) {

    public Evidence {
        byVerdict = Map.copyOf(byVerdict);
        runs = List.copyOf(runs);
        unanswered = List.copyOf(unanswered);
        faults = List.copyOf(faults);
        faultCounts = Map.copyOf(faultCounts);
    }

    /** The part of a run that lies in the session. */
    public record Run(UUID run, String instance, long first, long last, long events) {

        /** How many events the adapter's own numbers say there are. */
        long numbered() {
            return last - first + 1;
        }
    }

    /** A delivery without receipt. */
    public record Unanswered(
            long sequence, Instant sequencedAt, String instance, UUID run, long command) {}
}
