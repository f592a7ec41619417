package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleStack;
import kontor.gateway.tail.KafkaTail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The gateway with a broker and without a database. */
@Timeout(60)
class DatabaseAwayIT {

    private static SampleStack stack;
    private static ConfigurableApplicationContext gateway;
    private static URI base;
    private static WebTestClient client;

    @BeforeAll
    static void start() {
        stack = new SampleStack();
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        application.setDefaultProperties(
                Map.of(
                        "KONTOR_KAFKA_SERVERS",
                        stack.kafkaServers(),
                        // Nobody listens there.
                        "KONTOR_POSTGRES_URL",
                        "jdbc:postgresql://127.0.0.1:1/none",
                        "KONTOR_HTTP_PORT",
                        0));
        gateway = application.run();
        base =
                URI.create(
                        "http://127.0.0.1:"
                                + gateway.getEnvironment().getProperty("local.server.port"));
        client =
                WebTestClient.bindToServer()
                        .baseUrl(base.toString())
                        .responseTimeout(Duration.ofSeconds(20))
                        .build();
        KafkaTail tail = gateway.getBean(KafkaTail.class);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> tail.connection() == KafkaTail.Connection.FOLLOWING);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        stack.close();
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        client.get()
                .uri("/api/sessions")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:kontor:problem:database-away");
    }

    @Test
    void isAliveButNotReady() {
        client.get().uri("/actuator/health/readiness").exchange().expectStatus().isEqualTo(503);
        client.get().uri("/actuator/health/liveness").exchange().expectStatus().isOk();
    }

    @Test
    void streamsWhatItHears() throws InterruptedException {
        SampleSession session = new SampleSession("away", UUID.randomUUID(), 1, Instant.EPOCH);
        session.datagram("game1", 2350, 2350, SampleSession.x642(1));
        session.steps().forEach(stack::publish);
        URI uri = base.resolve("/api/sessions/" + session.id() + "/stream");
        await().until(() -> {
            try (EventStream stream = new EventStream(uri, null)) {
                return stream.status() == 200;
            }
        });

        try (EventStream stream = new EventStream(uri, null)) {
            assertThat(stream.next().id()).startsWith(session.id() + ":1:");
            assertThat(stream.next().id()).startsWith(session.id() + ":2:");
            assertThat(stream.next().type()).isEqualTo("messages");
        }
    }
}
