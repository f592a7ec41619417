package kontor.gateway.filtering;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleFields;
import kontor.gateway.sample.SampleStack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fields of filters, as analyzers declare them in a real database. */
@Timeout(120)
class FieldsIT {

    private static SampleStack stack;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        stack = new SampleStack();
        gateway = GatewayUnderTest.on(stack, Map.of("KONTOR_GATEWAY_FIELDS_EVERY", "50ms"));
        gateway.awaitReady();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        stack.close();
    }

    @Test
    void theFieldsOfAnAnalyzerAreThereFromTheFirstRequestOn() {
        assertThat(fields()).contains("udp.port", "dplay.command", "x642");
        assertThat(state("dplay.command == \"PING\"")).isEqualTo("valid");
    }

    @Test
    void theFieldsOfANewAnalyzerCanBeFilteredByWithoutARestart() {
        assertThat(state("town.people > 5")).isEqualTo("invalid");
        SampleFields.declare(stack.jdbc(), "town", "1", "town.people | integer | []");
        await().untilAsserted(() -> assertThat(state("town.people > 5")).isEqualTo("valid"));

        SampleFields.declare(
                stack.jdbc(),
                "town",
                "2",
                "town.citizens | integer | []\ntown.na-me | string | []\n"
                        + "town.colour | paint | []");
        await().untilAsserted(() -> assertThat(state("town.citizens > 5")).isEqualTo("valid"));
        assertThat(state("town.people > 5")).isEqualTo("invalid");
        // What the language cannot take is left out, and harms nothing else.
        assertThat(fields()).contains("dplay.command").doesNotContain("town.na-me", "town.colour");
    }

    @Test
    void theFieldsKnownLastStayWhileTheDatabaseDoesNotAnswer() {
        stack.jdbc().sql("alter table analysis.analyzers rename to away").update();
        try {
            gateway.bean(FieldFollower.class).look();
            assertThat(state("dplay.command == 22")).isEqualTo("valid");
        } finally {
            stack.jdbc().sql("alter table analysis.away rename to analyzers").update();
        }
    }

    private static String state(String filter) {
        FilterState answer =
                gateway.client()
                        .get()
                        .uri(builder ->
                                builder.path("/api/filters/check")
                                        .queryParam("filter", "{f}")
                                        .build(filter))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(FilterState.class)
                        .returnResult()
                        .getResponseBody();
        return requireNonNull(answer).state();
    }

    private record FilterState(String state) {}

    private static List<String> fields() {
        return StreamSupport.stream(gateway.get("/api/fields").get("fields").spliterator(), false)
                .map(field -> field.get("name").asString())
                .toList();
    }
}
