package kontor.gateway.tail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import kontor.gateway.settings.GatewaySettings;
import kontor.topics.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** Where the logs end, and how far the journal is behind those that it reads. */
@Component
public final class JournalLag {

    private static final List<String> JOURNALLED = List.of(Topics.SESSION_EVENTS, Topics.RECEIPTS);
    private static final List<String> TOPICS =
            List.of(Topics.SESSION_EVENTS, Topics.RECEIPTS, Topics.PACKETS);
    private static final int TIMEOUT_MILLIS = 3000;

    private final GatewaySettings settings;

    JournalLag(GatewaySettings settings) {
        this.settings = settings;
    }

    /**
     * The ends of the logs by topic and partition. Blocks, for seconds at most where Kafka is away.
     */
    public Ends ends() throws InterruptedException {
        try (Admin admin = Admin.create(properties())) {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(TOPICS)
                            .allTopicNames()
                            .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            topics.forEach((name, topic) ->
                    topic.partitions()
                            .forEach(p ->
                                    wanted.put(
                                            new TopicPartition(name, p.partition()),
                                            OffsetSpec.latest())));
            return new Ends(
                    admin
                            .listOffsets(wanted)
                            .all()
                            .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                            .entrySet()
                            .stream()
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey, e -> e.getValue().offset())));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return new Ends(Map.of());
        }
    }

    /** Ends of logs at one moment; none where Kafka did not say. */
    public record Ends(Map<TopicPartition, Long> offsets) {

        public Ends {
            offsets = Map.copyOf(offsets);
        }

        /** Of {@code kontor.packets} by partition; empty where the ends are not known. */
        public Map<Integer, Long> packets() {
            return offsets.entrySet().stream()
                    .filter(end -> end.getKey().topic().equals(Topics.PACKETS))
                    .collect(
                            Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
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
            if (offsets.isEmpty()) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(
                    offsets.entrySet().stream()
                            .filter(end -> JOURNALLED.contains(end.getKey().topic()))
                            .filter(end ->
                                    concerned.test(end.getKey().topic(), end.getKey().partition()))
                            .mapToLong(end -> {
                                Map<Integer, Long> of =
                                        positions.getOrDefault(end.getKey().topic(), Map.of());
                                long at = of.getOrDefault(end.getKey().partition(), 0L);
                                return Math.max(0, end.getValue() - at);
                            })
                            .sum());
        }
    }

    private Map<String, Object> properties() {
        return Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.kafkaServers(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "kontor-ui-gateway-lag",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS);
    }
}
