package kontor.gateway.sample;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import kontor.gateway.GatewayApplication;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One life of the gateway, on a free port of loopback, and a client of its API. */
public final class GatewayUnderTest implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** The description of the API is the largest. */
    private static final int MOST_OF_ANSWER = 4 << 20;

    private final ConfigurableApplicationContext context;
    private final URI base;
    private final WebTestClient client;

    private GatewayUnderTest(Map<String, Object> settings) {
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        application.setDefaultProperties(settings);
        context = application.run();
        base =
                URI.create(
                        "http://127.0.0.1:"
                                + context.getEnvironment().getProperty("local.server.port"));
        client =
                WebTestClient.bindToServer()
                        .baseUrl(base.toString())
                        .responseTimeout(Duration.ofSeconds(20))
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MOST_OF_ANSWER))
                        .build();
    }

    /** Starts one that reads the stack's topics and tables. */
    public static GatewayUnderTest on(SampleStack stack) {
        return on(stack, Map.of());
    }

    /**
     * @param settings by their environment variables, beside or instead of where the stack is
     */
    public static GatewayUnderTest on(SampleStack stack, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("KONTOR_KAFKA_SERVERS", stack.kafkaServers());
        all.put("KONTOR_POSTGRES_URL", stack.database().jdbcUrl());
        all.put("KONTOR_POSTGRES_USER", stack.database().user());
        all.put("KONTOR_HTTP_PORT", 0);
        all.put("KONTOR_MANAGEMENT_PORT", 0);
        all.putAll(settings);
        return new GatewayUnderTest(all);
    }

    public void awaitReady() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> client.get().uri("/readyz").exchange().expectStatus().isOk());
    }

    public WebTestClient client() {
        return client;
    }

    public URI uri(String path) {
        return base.resolve(path);
    }

    /** On its management port. */
    public URI management(String path) {
        return URI.create(
                "http://127.0.0.1:"
                        + context.getEnvironment().getProperty("local.management.port")
                        + path);
    }

    /** What it answers with status 200. */
    public JsonNode get(String path) {
        return JSON.readTree(
                client.get()
                        .uri(path)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    /** The problem that it answers a bad request with. */
    public JsonNode problem(String path) {
        return JSON.readTree(
                client.get()
                        .uri(path)
                        .exchange()
                        .expectStatus()
                        .isBadRequest()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    /** The session's stream; behind the event of this id where there is one. */
    public EventStream stream(SampleSession session, @Nullable String lastEventId) {
        return new EventStream(uri("/api/sessions/" + session.id() + "/stream"), lastEventId);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
