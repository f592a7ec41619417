package kontor.gateway.continuity;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiPredicate;

/**
 * Where logs ended at one moment; nothing where Kafka did not say.
 *
 * @param journalled those that the journal reads, by topic and partition
 * @param packets of {@code kontor.packets}, by partition
 */
public record LogEnds(Map<String, Map<Integer, Long>> journalled, Map<Integer, Long> packets) {

    public LogEnds {
        Map<String, Map<Integer, Long>> copies = new HashMap<>();
        journalled.forEach((topic, ends) -> copies.put(topic, Map.copyOf(ends)));
        journalled = Map.copyOf(copies);
        packets = Map.copyOf(packets);
    }

    /** Looks where they end. */
    public interface Reader {

        /** The ends now. Blocks, for seconds at most where Kafka is away. */
        LogEnds ends() throws InterruptedException;
    }

    /** Records between these positions and the ends; empty where the ends are not known. */
    public OptionalLong behind(Map<String, Map<Integer, Long>> positions) {
        return behind(positions, (_, _) -> true);
    }

    /**
     * The same, of some partitions.
     *
     * @param concerned which, by topic and number
     */
    public OptionalLong behind(
            Map<String, Map<Integer, Long>> positions, BiPredicate<String, Integer> concerned) {
        if (journalled.isEmpty()) {
            return OptionalLong.empty();
        }
        long behind = 0;
        for (Map.Entry<String, Map<Integer, Long>> topic : journalled.entrySet()) {
            Map<Integer, Long> at = positions.getOrDefault(topic.getKey(), Map.of());
            for (Map.Entry<Integer, Long> end : topic.getValue().entrySet()) {
                if (concerned.test(topic.getKey(), end.getKey())) {
                    behind += Math.max(0, end.getValue() - at.getOrDefault(end.getKey(), 0L));
                }
            }
        }
        return OptionalLong.of(behind);
    }
}
