package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleStack;
import kontor.gateway.tail.KafkaTail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway with a broker and without a database. */
@Timeout(60)
class DatabaseAwayIT {

    private static SampleStack stack;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        stack = new SampleStack();
        // Nobody listens there.
        gateway =
                GatewayUnderTest.on(
                        stack, Map.of("KONTOR_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/none"));
        KafkaTail tail = gateway.bean(KafkaTail.class);
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
        gateway.client()
                .get()
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
        gateway.client().get().uri("/readyz").exchange().expectStatus().isEqualTo(503);
        gateway.client().get().uri("/livez").exchange().expectStatus().isOk();
    }

    @Test
    void streamsWhatItHears() throws InterruptedException {
        SampleSession session = SampleSession.of("away");
        session.datagram("game1", 2350, 2350, SampleMessages.x642(1));
        session.steps().forEach(stack::publish);
        await().until(() -> {
            try (EventStream stream = gateway.stream(session, null)) {
                return stream.status() == 200;
            }
        });

        try (EventStream stream = gateway.stream(session, null)) {
            assertThat(stream.next().id()).startsWith(session.id() + ":1:");
            assertThat(stream.next().id()).startsWith(session.id() + ":2:");
            assertThat(stream.next().type()).isEqualTo("messages");
        }
    }
}
