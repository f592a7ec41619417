package kontor.gateway.filtering;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleFields;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fields of filters, as analyzers declare them in a real database. */
@Timeout(120)
class FieldsIT extends GatewayOnSampleStack {

    @BeforeAll
    static void start() {
        startGateway(Map.of("KONTOR_GATEWAY_FIELDS_EVERY", "50ms"));
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
    void whoHasSeenAMessageOfANewAnalyzerCanFilterOnItsFieldsAtOnce() {
        // This one looks for new fields by itself when the test is long over.
        try (GatewayUnderTest late =
                GatewayUnderTest.on(stack, Map.of("KONTOR_GATEWAY_FIELDS_EVERY", "1h"))) {
            late.awaitReady();
            SampleSession session = stack.record(SampleSession.lobby("new-fields"));
            String messages = "/api/sessions/" + session.id() + "/messages?filter=";
            assertThat(late.problem(messages + "tide.level").get("type").asString())
                    .isEqualTo("urn:kontor:problem:bad-filter");

            SampleFields.declare(stack.jdbc(), "tide", "1", "tide.level | integer | []");
            assertThat(late.get(messages + "tide.level").get("messages")).isEmpty();
            SampleFields.declare(stack.jdbc(), "tide", "2", "tide.flow | integer | []");
            assertThat(state(late, "tide.flow > 5")).isEqualTo("valid");
            SampleFields.declare(stack.jdbc(), "tide", "3", "tide.ebb | integer | []");
            assertThat(fields(late)).contains("tide.ebb").doesNotContain("tide.flow");
            SampleFields.declare(stack.jdbc(), "tide", "4", "tide.moon | integer | []");
            assertThat(late.get("/api/filters/complete?filter=tide.m").toString())
                    .contains("tide.moon");
            SampleFields.declare(stack.jdbc(), "tide", "5", "tide.spring | integer | []");
            try (EventStream stream =
                    new EventStream(
                            late.uri(
                                    "/api/sessions/"
                                            + session.id()
                                            + "/stream?filter=!tide.spring"),
                            null)) {
                assertThat(stream.status()).isEqualTo(200);
            }
        }
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
        return state(gateway, filter);
    }

    private static String state(GatewayUnderTest asked, String filter) {
        FilterState answer =
                asked.client()
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
        return fields(gateway);
    }

    private static List<String> fields(GatewayUnderTest asked) {
        return StreamSupport.stream(asked.get("/api/fields").get("fields").spliterator(), false)
                .map(field -> field.get("name").asString())
                .toList();
    }
}
