package kontor.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.common.config.TopicConfig;

/**
 * All topics that a set of instances needs, with their settings: what the launcher and the compose
 * stack create, and nothing else does.
 */
public final class TopicCatalogue {

    /** One record holds one datagram or one read from a stream, twice with a mutation, and room. */
    static final String MAX_MESSAGE_BYTES = Integer.toString(1024 * 1024);

    /**
     * A session event holds its adapter event, and what the orchestrator adds: the ends of a flow,
     * which an adapter may have made as large as a record of its own.
     */
    static final String MAX_SEQUENCED_BYTES = Integer.toString(4 * 1024 * 1024);

    /** What a partition's labs can hold at most, and room. */
    static final String MAX_CHECKPOINT_BYTES = Integer.toString(8 * 1024 * 1024);

    /** Only full segments are compacted. */
    private static final String CHECKPOINT_SEGMENT_BYTES = Integer.toString(32 * 1024 * 1024);

    /** A stack that is down for a weekend has not lost what a guest sent on Friday. */
    private static final Duration GUEST_RETENTION = Duration.ofDays(30);

    /** Adapters measure by it how far their clocks are from the broker's. */
    private static final String BROKERS_TIME = "LogAppendTime";

    private TopicCatalogue() {}

    /**
     * What a guest writes until it has been copied. Times are the broker's, so that a guest learns
     * how far its clock is from it.
     */
    public static List<TopicSpec> ofGuest(InstanceName instance) {
        Map<String, String> settings =
                Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(GUEST_RETENTION.toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        MAX_MESSAGE_BYTES,
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        BROKERS_TIME);
        return Topics.writtenByAdapters().stream()
                .map(topic ->
                        new TopicSpec(Topics.ofGuest(topic, instance), 1, (short) 1, settings))
                .toList();
    }

    /** The retention is that of all topics but the compacted one. */
    public static List<TopicSpec> forInstances(
            Collection<InstanceName> instances, TopicSettings settings) {
        int partitions = settings.partitions();
        short replicas = settings.replicas();
        Duration retention = settings.retention();
        String retentionMillis =
                retention.isNegative() ? "-1" : Long.toString(retention.toMillis());
        Map<String, String> kept =
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        retentionMillis,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        MAX_MESSAGE_BYTES);
        Map<String, String> stamped = new HashMap<>(kept);
        stamped.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, BROKERS_TIME);
        Map<String, String> sequenced = new HashMap<>(kept);
        sequenced.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, MAX_SEQUENCED_BYTES);
        Map<String, String> compacted =
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        CHECKPOINT_SEGMENT_BYTES,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        MAX_CHECKPOINT_BYTES);

        List<TopicSpec> topics = new ArrayList<>();
        topics.add(new TopicSpec(Topics.PACKETS, partitions, replicas, kept));
        topics.add(new TopicSpec(Topics.SESSION_EVENTS, partitions, replicas, sequenced));
        topics.add(new TopicSpec(Topics.RECEIPTS, partitions, replicas, kept));
        topics.add(new TopicSpec(Topics.ANALYSIS, partitions, replicas, kept));
        topics.add(new TopicSpec(Topics.CONTROL, partitions, replicas, stamped));
        topics.add(new TopicSpec(Topics.ORCHESTRATOR_STATE, partitions, replicas, compacted));
        for (InstanceName instance : instances) {
            topics.add(new TopicSpec(Topics.commands(instance), 1, replicas, sequenced));
        }
        return topics.stream().map(TopicCatalogue::surviving).toList();
    }

    /** With three copies or more one broker may be lost, and what was acknowledged is on two. */
    private static TopicSpec surviving(TopicSpec topic) {
        if (topic.replicas() <= 2) {
            return topic;
        }
        Map<String, String> settings = new HashMap<>(topic.settings());
        settings.put(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(topic.replicas() - 1));
        return new TopicSpec(topic.name(), topic.partitions(), topic.replicas(), settings);
    }
}
