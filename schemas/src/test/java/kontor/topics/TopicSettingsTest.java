package kontor.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {

    @Test
    void absentAndEmptyIsOneOfEachForEver() {
        assertThat(TopicSettings.of(Map.of("KONTOR_TOPIC_RETENTION", " ")))
                .isEqualTo(new TopicSettings(1, (short) 1, Duration.ofMillis(-1)));
    }

    @Test
    void whatIsGivenIsTaken() {
        Map<String, String> environment =
                Map.of(
                        "KONTOR_TOPIC_PARTITIONS", "8",
                        "KONTOR_TOPIC_REPLICAS", "3",
                        "KONTOR_TOPIC_RETENTION", "P30D");

        assertThat(TopicSettings.of(environment))
                .isEqualTo(new TopicSettings(8, (short) 3, Duration.ofDays(30)));
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> TopicSettings.of(Map.of("KONTOR_TOPIC_RETENTION", "a month")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KONTOR_TOPIC_RETENTION=a month");
        assertThatThrownBy(() -> TopicSettings.of(Map.of("KONTOR_TOPIC_PARTITIONS", "0")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
