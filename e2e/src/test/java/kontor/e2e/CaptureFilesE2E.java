package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kontor.testing.programs.Programs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Captures become sessions, sessions become captures, and both say the same. */
@Timeout(180)
class CaptureFilesE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void requireWireshark() {
        Programs.require("tshark");
    }

    @Test
    void theExampleComesInGoesOutAndComesInAgain() throws Exception {
        Path file =
                Path.of(System.getProperty("kontor.examples", "../examples"), "three-games.pcapng");
        // 78 frames hold a DirectPlay message, and three of them hold three.
        comesInGoesOutAndComesInAgain(file, 338, 84);
    }

    @Test
    void theRealCaptureComesInGoesOutAndComesInAgain() throws Exception {
        Path file =
                Path.of(
                        System.getProperty("kontor.shared", "../shared"),
                        "captures",
                        "anno1602-lobby-2023-04-26.pcapng");
        assumeTrue(Files.exists(file) || Boolean.getBoolean("kontor.shared.required"));
        comesInGoesOutAndComesInAgain(file, 134, 46);
    }

    private static void comesInGoesOutAndComesInAgain(Path file, int frames, int messages)
            throws IOException, InterruptedException {
        JsonNode report = importCapture(Files.readAllBytes(file));
        assertThat(report.get("frames").asInt()).isEqualTo(frames);
        assertThat(report.get("complete").asBoolean()).as(report.toString()).isTrue();
        String session = report.get("session").asString();
        List<String> found = directPlay(session, messages);
        assertThat(found).hasSize(messages);

        byte[] export = export(session);
        Path exported = Files.createTempFile("kontor-", ".pcapng");
        try {
            Files.write(exported, export);
            assertThat(Tshark.fields(exported, "dplay", "dplay.command"))
                    .isEqualTo(found.stream().map(line -> line.split(" ", -1)[0]).toList());
            assertThat(
                            Tshark.fields(
                                    exported,
                                    "_ws.malformed || tcp.analysis.retransmission"
                                            + " || tcp.analysis.lost_segment",
                                    "frame.number"))
                    .isEmpty();
        } finally {
            Files.delete(exported);
        }

        String again = importCapture(export).get("session").asString();
        assertThat(directPlay(again, messages)).isEqualTo(found);
        assertThat(flows(again)).containsExactlyInAnyOrderElementsOf(flows(session));

        // Nobody plays in the labs of imports, so the only other one need not be named.
        Api api = StackUnderTest.shared().api();
        api.post("/api/sessions/" + api.startSession() + "/end");
    }

    private static JsonNode importCapture(byte[] file) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(uri("/api/imports?name=test"))
                                    .header("content-type", "application/octet-stream")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return JSON.readTree(answer.body());
        }
    }

    private static byte[] export(String session) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(uri("/api/sessions/" + session + "/export"))
                                    .build(),
                            BodyHandlers.ofByteArray())
                    .body();
        }
    }

    private static URI uri(String path) {
        return STACK.api().root().resolve(path);
    }

    /** Command, sender, receiver and length of each message. */
    private static List<String> directPlay(String session, int atLeast)
            throws IOException, InterruptedException {
        STACK.api()
                .await(
                        "/api/sessions/" + session + "/messages?limit=1000",
                        page -> lines(page).size() >= atLeast);
        return lines(STACK.api().get("/api/sessions/" + session + "/messages?limit=1000"));
    }

    private static List<String> lines(JsonNode page) {
        List<String> lines = new ArrayList<>();
        for (JsonNode detail : page.get("messages")) {
            JsonNode message = detail.get("message");
            if (message.get("protocol").asString().equals("dplay")) {
                lines.add(
                        "0x%04x %s %s %d"
                                .formatted(
                                        command(detail.get("fields")),
                                        message.get("from").asString(),
                                        message.path("to").asString(""),
                                        message.get("length").asInt()));
            }
        }
        return lines;
    }

    private static int command(JsonNode fields) {
        for (JsonNode field : fields) {
            if (field.get("name").asString().equals("dplay.command")) {
                return field.get("value").asInt();
            }
            int inside = command(field.path("children"));
            if (inside >= 0) {
                return inside;
            }
        }
        return -1;
    }

    private static List<String> flows(String session) throws IOException, InterruptedException {
        return STACK.api()
                .get("/api/sessions/" + session + "/flows?limit=1000")
                .get("flows")
                .valueStream()
                .map(flow ->
                        "%s %s %s %d %d"
                                .formatted(
                                        flow.get("protocol").asString(),
                                        flow.get("opener"),
                                        flow.get("target"),
                                        flow.get("bytesFromOpener").asLong(),
                                        flow.get("bytesFromTarget").asLong()))
                .toList();
    }
}
