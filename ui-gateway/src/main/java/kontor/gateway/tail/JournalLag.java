package kontor.gateway.tail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import kontor.gateway.continuity.LogEnds;
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
final class JournalLag implements LogEnds.Reader {

    private static final List<String> JOURNALLED = List.of(Topics.SESSION_EVENTS, Topics.RECEIPTS);
    private static final List<String> TOPICS =
            List.of(Topics.SESSION_EVENTS, Topics.RECEIPTS, Topics.PACKETS);
    private static final int TIMEOUT_MILLIS = 3000;

    private final GatewaySettings settings;

    JournalLag(GatewaySettings settings) {
        this.settings = settings;
    }

    @Override
    public LogEnds ends() throws InterruptedException {
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
            return ends(
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
            return ends(Map.of());
        }
    }

    private static LogEnds ends(Map<TopicPartition, Long> offsets) {
        Map<String, Map<Integer, Long>> journalled = new HashMap<>();
        Map<Integer, Long> packets = new HashMap<>();
        offsets.forEach((partition, end) -> {
            if (JOURNALLED.contains(partition.topic())) {
                journalled
                        .computeIfAbsent(partition.topic(), _ -> new HashMap<>())
                        .put(partition.partition(), end);
            } else {
                packets.put(partition.partition(), end);
            }
        });
        return new LogEnds(journalled, packets);
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
