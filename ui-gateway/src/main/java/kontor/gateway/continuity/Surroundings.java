package kontor.gateway.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * What is known beside the database, from before it was asked.
 *
 * @param heardSequence the highest session sequence heard on Kafka; 0 for none
 * @param journalLag records that the journal has still to read and that may be of the session; 0
 *     for a session that has ended and misses nothing; empty if Kafka did not say
 * @param packetEnds the ends of the partitions of {@code kontor.packets}; empty if Kafka did not
 *     say
 * @param published by connected run, the highest adapter sequence that the broker has
 * @param connected runs whose adapters are there
 * @param receiptPatience how long a receipt may be on its way
 */
public record Surroundings(
        long heardSequence,
        OptionalLong journalLag,
        Map<Integer, Long> packetEnds,
        Map<UUID, Long> published,
        Set<UUID> connected,
        Duration receiptPatience,
        Instant now) {

    public Surroundings {
        packetEnds = Map.copyOf(packetEnds);
        published = Map.copyOf(published);
        connected = Set.copyOf(connected);
    }
}
