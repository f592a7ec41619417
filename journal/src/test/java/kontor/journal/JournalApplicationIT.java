package kontor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import kontor.testing.infrastructure.TestDatabase;
import kontor.testing.infrastructure.TestKafka;
import kontor.topics.Followers;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import kontor.vocabulary.InstanceName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The journal as a process of its own. */
class JournalApplicationIT {

    @Test
    void withKafkaAndDatabaseItIsReady() throws Exception {
        TestKafka kafka = TestKafka.shared();
        kafka.recreateTopics(
                TopicCatalogue.forInstances(
                        List.of(new InstanceName("game1")), TopicSettings.STANDARD));
        TestDatabase database = TestDatabase.create();
        try (ConfigurableApplicationContext journal =
                new SpringApplicationBuilder(JournalApplication.class)
                        .properties("spring.config.name=" + JournalApplication.CONFIG_NAME)
                        .run(
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                                "--spring.datasource.url=" + database.jdbcUrl(),
                                "--spring.datasource.username=" + database.user())) {
            assertThat(journal.getEnvironment().getProperty("spring.application.name"))
                    .isEqualTo("journal");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(answer(journal, "/followersz"))
                                    .contains("\"journal\"", "\"phase\":\"RUNNING\""));
            assertThat(answer(journal, "/readyz")).doesNotContain("OUT_OF_SERVICE", "DOWN");
            assertThat(answer(journal, "/actuator/prometheus"))
                    .containsPattern(
                            "kafka_consumer_fetch_manager_\\w+\\{.*client_id=\"kontor-journal");
        }
    }

    /**
     * As in an orchestrator beside which it is a process of its own, whatever beans were chosen.
     */
    @Test
    void switchedOffItReadsAndWritesNothingAndSaysSo() throws Exception {
        try (ConfigurableApplicationContext process =
                new SpringApplicationBuilder(JournalApplication.class)
                        .properties("spring.config.name=" + JournalApplication.CONFIG_NAME)
                        .run("--server.port=0", "--kontor.journal.enabled=false")) {
            assertThat(answer(process, "/followersz"))
                    .contains("\"status\":\"UNKNOWN\"", "\"phase\":\"ELSEWHERE\"");
            assertThat(process.getBean(Followers.class).words()).isEmpty();
            assertThat(process.getBean(JournalLifecycle.class).isRunning()).isFalse();
        }
    }

    private static String answer(ConfigurableApplicationContext journal, String path)
            throws Exception {
        String port = journal.getEnvironment().getProperty("local.server.port");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
