package kontor.topics;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the topics of a catalogue where they are missing. Idempotent; never changes a topic that is
 * there: what differs is returned, for a person to decide.
 */
public final class TopicProvisioner {

    private final Admin admin;

    /** The admin client stays the caller's, who closes it. */
    public TopicProvisioner(Admin admin) {
        this.admin = admin;
    }

    /**
     * Blocks until the broker has answered.
     *
     * @return one line per setting of an existing topic that is not as the catalogue has it
     * @throws ExecutionException if the broker refused or could not be reached
     */
    public List<String> provision(Collection<TopicSpec> topics)
            throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        for (TopicSpec topic : topics) {
            if (!existing.contains(topic.name())) {
                create(topic);
            }
        }
        return differences(topics.stream().filter(t -> existing.contains(t.name())).toList());
    }

    private void create(TopicSpec topic) throws ExecutionException, InterruptedException {
        NewTopic wanted =
                new NewTopic(topic.name(), topic.partitions(), topic.replicas())
                        .configs(topic.settings());
        try {
            admin.createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException e) {
            // Somebody else, with the same catalogue, was quicker.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private List<String> differences(List<TopicSpec> topics)
            throws ExecutionException, InterruptedException {
        Map<String, TopicSpec> byName = new HashMap<>();
        topics.forEach(topic -> byName.put(topic.name(), topic));
        Map<String, TopicDescription> found =
                admin.describeTopics(byName.keySet()).allTopicNames().get();
        Map<ConfigResource, Config> settings =
                admin.describeConfigs(
                                byName.keySet().stream()
                                        .map(n -> new ConfigResource(ConfigResource.Type.TOPIC, n))
                                        .toList())
                        .all()
                        .get();

        List<String> differences = new ArrayList<>();
        for (TopicSpec topic : topics) {
            List<TopicPartitionInfo> partitions =
                    requireNonNull(found.get(topic.name())).partitions();
            if (partitions.size() != topic.partitions()) {
                differences.add(
                        "topic %s has %d partitions, not %d"
                                .formatted(topic.name(), partitions.size(), topic.partitions()));
            }
            int replicas = partitions.getFirst().replicas().size();
            if (replicas != topic.replicas()) {
                differences.add(
                        "topic %s has %d replicas, not %d"
                                .formatted(topic.name(), replicas, topic.replicas()));
            }
            Config config =
                    requireNonNull(
                            settings.get(
                                    new ConfigResource(ConfigResource.Type.TOPIC, topic.name())));
            topic.settings()
                    .forEach((name, wanted) -> {
                        ConfigEntry entry = config.get(name);
                        String value = entry == null ? "unset" : entry.value();
                        if (!wanted.equals(value)) {
                            differences.add(
                                    "topic %s has %s=%s, not %s"
                                            .formatted(topic.name(), name, value, wanted));
                        }
                    });
        }
        return differences;
    }
}
