package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.RequestSnapshot;
import kontor.control.v1.SnapshotState;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.LauncherWords;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Snapshots over the API; the test is the launcher. */
@Timeout(120)
class SnapshotsIT extends GatewayOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void start() {
        startGateway(Map.of());
    }

    @Test
    void aSnapshotIsTakenListedAndRestoredAsTheLauncherSaysIt() {
        LauncherWords launcher = new LauncherWords(stack, "able");
        launcher.say("");
        await().until(() -> list("able").get("available").asBoolean());
        long before = stack.end(Topics.CONTROL);

        JsonNode taken = post("", "{\"lab\": \"able\", \"name\": \"menu\"}", 202);
        String id = taken.get("id").asString();
        await().until(() -> act("able", id).equals("requested"));
        assertThat(post("", "{\"lab\": \"able\", \"name\": \"other\"}", 409).get("detail"))
                .hasToString("\"the take of 'menu' is under way\"");
        launcher.answer(id, SnapshotState.SNAPSHOT_STATE_RUNNING, "", "");
        await().until(() -> act("able", id).equals("running"));
        launcher.answer(id, SnapshotState.SNAPSHOT_STATE_DONE, "", "", "menu");
        await().until(() -> act("able", id).equals("done"));

        JsonNode menu = list("able").get("snapshots").get(0);
        assertThat(menu.get("name").asString()).isEqualTo("menu");
        assertThat(menu.get("sequence").asLong()).isEqualTo(812);
        assertThat(menu.get("games")).hasToString("[\"game1\",\"game2\"]");
        assertThat(type(post("", "{\"lab\": \"able\", \"name\": \"menu\"}", 409)))
                .isEqualTo("snapshot-refused");
        JsonNode restored = post("/menu/restore", "{\"lab\": \"able\"}", 202);
        assertThat(restored.get("kind").asString()).isEqualTo("restore");
        launcher.answer(
                restored.get("id").asString(),
                SnapshotState.SNAPSHOT_STATE_FAILED,
                "game1: exit status 7",
                "",
                "menu");
        await().until(() -> act("able", restored.get("id").asString()).equals("failed"));
        assertThat(list("able").get("acts").get(0).get("detail").asString())
                .isEqualTo("game1: exit status 7");

        List<RequestSnapshot> asked = asked(before);
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst())
                .isEqualTo(RequestSnapshot.newBuilder().setRequestId(id).setTake("menu").build());
        assertThat(asked.getLast().getRestore()).isEqualTo("menu");
    }

    @Test
    void whereTheMachineCannotTheReasonIsSaidAndNothingIsAskedFor() {
        LauncherWords launcher = new LauncherWords(stack, "unable");
        launcher.say("'criu check' fails here (exit status 1): Error: no CAP", "menu");
        await().until(() ->
                list("unable").has("refusal")
                        && list("unable").has("snapshots")
                        && !list("unable").get("snapshots").isEmpty());
        long before = stack.end(Topics.CONTROL);

        assertThat(list("unable").get("available").asBoolean()).isFalse();
        for (String path : List.of("", "/menu/restore")) {
            JsonNode problem = post(path, "{\"lab\": \"unable\", \"name\": \"n\"}", 409);
            assertThat(type(problem)).isEqualTo("snapshot-refused");
            assertThat(problem.get("detail").asString())
                    .isEqualTo(
                            "'criu check' fails here (exit status 1): Error: no CAP; freezing,"
                                    + " recording and all else work without");
        }
        assertThat(asked(before)).isEmpty();
    }

    @Test
    void withoutALauncherThatIsSaidToo() {
        assertThat(list("compose").get("refusal").asString()).startsWith("no launcher takes");
        assertThat(post("", "{\"lab\": \"compose\", \"name\": \"menu\"}", 409).get("detail"))
                .asString()
                .contains("./kontor up --netns");
    }

    @Test
    void namesThatAreNoneAndSnapshotsThatAreNotThereAreRefused() {
        new LauncherWords(stack, "names").say("");
        await().until(() -> list("names").get("available").asBoolean());
        long before = stack.end(Topics.CONTROL);

        for (String name : List.of("\"../menu\"", "\"\"", "\"Menu\"", "null")) {
            JsonNode problem = post("", "{\"lab\": \"names\", \"name\": " + name + "}", 400);
            assertThat(problem.get("parameter").asString()).isEqualTo("name");
        }
        post("", "", 400);
        assertThat(type(post("/menu/restore", "{\"lab\": \"names\"}", 404)))
                .isEqualTo("no-such-snapshot");
        assertThat(asked(before)).isEmpty();
    }

    private static JsonNode list(String lab) {
        return gateway.get("/api/snapshots?lab=" + lab);
    }

    /** Its state; empty while it is not known. */
    private static String act(String lab, String id) {
        return list(lab)
                .get("acts")
                .valueStream()
                .filter(act -> act.get("id").asString().equals(id))
                .map(act -> act.get("state").asString())
                .findFirst()
                .orElse("");
    }

    private static String type(JsonNode problem) {
        return problem.get("type").asString().replace("urn:kontor:problem:", "");
    }

    private static List<RequestSnapshot> asked(long from) {
        return stack.read(Topics.CONTROL, from).stream()
                .map(Records::controlEvent)
                .filter(ControlEvent::hasRequestSnapshot)
                .map(ControlEvent::getRequestSnapshot)
                .toList();
    }

    private static JsonNode post(String path, String body, int status) {
        return JSON.readTree(
                gateway.client()
                        .post()
                        .uri("/api/snapshots" + path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }
}
