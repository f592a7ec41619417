package kontor.topics;

import java.util.Map;

/**
 * How one topic is to be made.
 *
 * @param partitions 1 or more
 * @param replicas copies of each partition, 1 or more
 * @param settings topic settings by Kafka's own names, as text
 */
public record TopicSpec(String name, int partitions, short replicas, Map<String, String> settings) {

    public TopicSpec {
        settings = Map.copyOf(settings);
    }
}
