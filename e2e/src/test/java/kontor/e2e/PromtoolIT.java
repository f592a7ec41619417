package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prometheus' own tool accepts its configuration and the rules, and finds that each alert speaks
 * when it should and is silent when it should be. Only with {@code -Ppromtool}, and then it fails
 * where there is none.
 */
@EnabledIfSystemProperty(
        named = "kontor.e2e.promtool",
        matches = "true",
        disabledReason = "alert rules need Prometheus' promtool and -Ppromtool")
final class PromtoolIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check config deploy/observability/prometheus.yaml",
                "check rules deploy/observability/alerts.yaml",
                "test rules deploy/observability/alerts.test.yaml"
            })
    void promtoolFindsNothingWrong(String words) throws Exception {
        Process process =
                new ProcessBuilder(("promtool " + words).split(" "))
                        .directory(ComposeFiles.root().toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
    }
}
