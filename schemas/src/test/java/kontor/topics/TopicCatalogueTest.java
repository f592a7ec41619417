package kontor.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.api.Test;

final class TopicCatalogueTest {

    private static final String IN_SYNC = "min.insync.replicas";
    private static final String TIMES = "message.timestamp.type";

    @Test
    void withThreeReplicasWhatIsAcknowledgedIsOnTwoBrokers() {
        assertThat(settings(3, IN_SYNC))
                .hasSize(7)
                .allSatisfy((_, value) -> assertThat(value).isEqualTo("2"));
        assertThat(settings(1, IN_SYNC)).isEmpty();
        assertThat(settings(2, IN_SYNC)).isEmpty();
    }

    @Test
    void timesOfTheControlTopicAreTheBrokers() {
        assertThat(settings(1, TIMES)).containsExactly(Map.entry(Topics.CONTROL, "LogAppendTime"));
        assertThat(settings(TopicCatalogue.ofGuest(new InstanceName("game1")), TIMES))
                .containsEntry("kontor.control.game1", "LogAppendTime");
    }

    /** By topic, of those that have it. */
    private static Map<String, String> settings(int replicas, String name) {
        return settings(
                TopicCatalogue.forInstances(
                        List.of(new InstanceName("game1")),
                        new TopicSettings(1, (short) replicas, Duration.ofMillis(-1))),
                name);
    }

    private static Map<String, String> settings(List<TopicSpec> topics, String name) {
        return topics.stream()
                .filter(topic -> topic.settings().containsKey(name))
                .collect(Collectors.toMap(TopicSpec::name, topic -> topic.settings().get(name)));
    }
}
