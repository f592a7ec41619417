package kontor.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aSettingThatIsMissingIsNamedBeforeAnyBrokerIsAsked() throws Exception {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("KONTOR_LAB_FILE is not set");
    }

    @Test
    void aLabFileThatIsNotThereIsNamed() throws Exception {
        Map<String, String> environment =
                Map.of("KONTOR_LAB_FILE", "/nowhere/lab.yaml", "KONTOR_KAFKA_SERVERS", "none:1");

        assertThat(run(environment)).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("/nowhere/lab.yaml");
    }

    private int run(Map<String, String> environment) throws InterruptedException {
        return TopicsCommand.run(environment, new PrintStream(out, true, UTF_8));
    }
}
