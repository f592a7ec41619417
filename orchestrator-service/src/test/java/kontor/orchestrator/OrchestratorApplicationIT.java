package kontor.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import kontor.testing.infrastructure.TestKafka;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import kontor.vocabulary.InstanceName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole process, with Kafka and without. Nothing listens on the discard port. */
final class OrchestratorApplicationIT {

    private static final String NOWHERE = "127.0.0.1:9";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void withoutKafkaAndDatabaseItLivesAndIsNotReady() throws Exception {
        try (ConfigurableApplicationContext application = start(NOWHERE)) {
            assertThat(status(application, "liveness")).isEqualTo(200);
            assertThat(status(application, "readiness")).isEqualTo(503);
        }
    }

    @Test
    void withKafkaAloneItIsReady() throws Exception {
        TestKafka kafka = TestKafka.shared();
        kafka.recreateTopics(
                TopicCatalogue.forInstances(
                        List.of(new InstanceName("game1")),
                        TopicSettings.STANDARD.withPartitions(2)));
        try (ConfigurableApplicationContext application = start(kafka.bootstrapServers())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> status(application, "readiness") == 200);
            assertThat(get(application, "/readyz")).contains("\"status\":\"UP\"");
            assertThat(get(application, "/actuator/prometheus"))
                    .contains("kontor_sequencer_received_total");
        }
    }

    private static ConfigurableApplicationContext start(String kafka) {
        return SpringApplication.run(
                OrchestratorApplication.class,
                "--server.port=0",
                "--kontor.orchestrator.kafka-servers=" + kafka,
                "--kontor.orchestrator.retry-after=PT0.2S",
                "--spring.datasource.url=jdbc:postgresql://" + NOWHERE + "/kontor");
    }

    private int status(ConfigurableApplicationContext application, String probe)
            throws IOException, InterruptedException {
        return http.send(
                        request(application, "/actuator/health/" + probe),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private String get(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        return http.send(request(application, path), BodyHandlers.ofString()).body();
    }

    private static HttpRequest request(ConfigurableApplicationContext application, String path) {
        String port = application.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    }
}
