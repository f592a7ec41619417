package kontor.gateway.continuity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the database says of one session, at one moment.
 *
 * @param lab whose session it is
 * @param events rows
 * @param lastSequence the highest
 * @param byVerdict rows that an adapter said, by verdict
 * @param inputs where the events stand in {@code kontor.packets}
 * @param faults found by comparing rows, {@code mostFaults} of each check at most
 * @param faultCounts of each check with faults, how many there are in truth
 * @param abandonedCount of the deliveries without a receipt, those that were under way when their
 *     adapter's run ended
 * @param unanswered deliveries without a receipt, oldest first, bounded
 * @param explained commands that failed as their own game had ended the flow
 * @param losses datagrams that adapters said were lost, in the order of their first mention,
 *     bounded
 * @param lost how many they are in all
 * @param from the first sequence that was looked at; 1 unless only the newest part was
 * @param recordsRead of the topics, read again
 */
public record Evidence(
        String lab,
        boolean ended,
        long events,
        long lastSequence,
        Map<String, Long> byVerdict,
        List<Run> runs,
        List<Inputs> inputs,
        long payloads,
        long payloadBytes,
        long deliveries,
        long unansweredCount,
        long abandonedCount,
        List<Unanswered> unanswered,
        long explained,
        List<Fault> faults,
        Map<Check, Long> faultCounts,
        List<Loss> losses,
        long lost,
        long from,
        long recordsRead) {

    public Evidence {
        byVerdict = Map.copyOf(byVerdict);
        runs = List.copyOf(runs);
        inputs = List.copyOf(inputs);
        unanswered = List.copyOf(unanswered);
        faults = List.copyOf(faults);
        faultCounts = Map.copyOf(faultCounts);
        losses = List.copyOf(losses);
    }

    /** With what adapters said was lost. */
    public Evidence withLosses(List<Loss> found, long all) {
        return copy(faults, faultCounts, found, all, recordsRead);
    }

    /** The part of a run that lies in the session. */
    public record Run(UUID run, String instance, long first, long last, long events) {

        /** How many events the adapter's own numbers say there are. */
        long numbered() {
            return last - first + 1;
        }
    }

    /** The stretch of a partition that the session's events come from. */
    public record Inputs(String topic, int partition, long first, long last) {}

    /** The same with what was found elsewhere. */
    Evidence with(List<Fault> further, Map<Check, Long> furtherCounts, long records) {
        List<Fault> all = new ArrayList<>(faults);
        all.addAll(further);
        Map<Check, Long> allCounts = new HashMap<>(faultCounts);
        allCounts.putAll(furtherCounts);
        return copy(all, allCounts, losses, lost, recordsRead + records);
    }

    /** This one but for what is found by looking further than into the session's rows. */
    private Evidence copy(
            List<Fault> newFaults,
            Map<Check, Long> newCounts,
            List<Loss> newLosses,
            long newLost,
            long newRecordsRead) {
        return new Evidence(
                lab,
                ended,
                events,
                lastSequence,
                byVerdict,
                runs,
                inputs,
                payloads,
                payloadBytes,
                deliveries,
                unansweredCount,
                abandonedCount,
                unanswered,
                explained,
                newFaults,
                newCounts,
                newLosses,
                newLost,
                from,
                newRecordsRead);
    }

    /**
     * A delivery without receipt.
     *
     * @param abandoned whether it was under way when its run ended: the run is over, and has
     *     confirmed nothing that it was sent later
     */
    public record Unanswered(
            long sequence,
            Instant sequencedAt,
            String instance,
            UUID run,
            long command,
            boolean abandoned) {}
}
