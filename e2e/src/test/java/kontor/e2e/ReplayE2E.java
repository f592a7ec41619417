package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureFile;
import kontor.players.replay.Replay;
import kontor.players.replay.ReplayReport;
import kontor.players.replay.Speed;
import kontor.players.report.Progress;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real capture of an Anno 1602 lobby, played back through the whole system. */
@Timeout(180)
class ReplayE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final Path CAPTURES = Path.of(System.getProperty("kontor.shared"), "captures");
    private static final String NAME = "anno1602-lobby-2023-04-26";
    private static final String JOINER = "10.20.0.2";
    private static final String HOST = "10.30.0.2";

    private static String session = "";
    private static ReplayReport report;

    @BeforeAll
    static void playTheCapture() throws Exception {
        Path file = CAPTURES.resolve(NAME + ".pcapng");
        assumeTrue(
                Files.exists(file) || Boolean.getBoolean("kontor.shared.required"),
                () -> "the real captures are not in " + CAPTURES);
        Capture capture = CaptureFile.read(file);
        Map<InetAddress, InstanceName> games = new LinkedHashMap<>();
        games.put(InetAddress.ofLiteral(JOINER), new InstanceName("game1"));
        games.put(InetAddress.ofLiteral(HOST), new InstanceName("game2"));

        session = STACK.api().startSession();
        report = Replay.run(capture, games, STACK.lab(), Speed.MAX, Progress.NONE);
        STACK.api().post("/api/sessions/" + session + "/end");
        STACK.api().await("/api/sessions/" + session, answer -> answer.hasNonNull("endedAt"));
    }

    @Test
    void everyByteArrivesOnceInOrderAndContinuityIsClean() throws Exception {
        assertThat(report.passed()).as(report.toText()).isTrue();
        JsonNode continuity = STACK.api().settledContinuity(session);
        assertThat(continuity.get("verdict").asString())
                .as(continuity.toString())
                .isEqualTo("clean");
    }

    @Test
    void sessionSequencesAreGapless() throws Exception {
        STACK.api().settledContinuity(session);
        List<JsonNode> events = STACK.api().events(session);
        assertThat(events.stream().mapToLong(e -> e.get("sequence").asLong()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(events.getFirst().get("type").asString()).isEqualTo("session_started");
        assertThat(events.getLast().get("type").asString()).isEqualTo("session_ended");
    }

    @Test
    void opensTheRefusedOneAndTheResetsAreFlows() throws Exception {
        STACK.api().settledContinuity(session);
        JsonNode flows = STACK.api().get("/api/sessions/" + session + "/flows").get("flows");
        assertThat(flows.valueStream().map(ReplayE2E::describe))
                .containsExactlyInAnyOrder(
                        "tcp game1 to game2:47624 refused",
                        "tcp game1 to game2:2300 reset",
                        "tcp game2 to game1:2300 reset",
                        "udp game1 to game2:47624 open",
                        "udp game2 to game1:2350 open");
    }

    private static String describe(JsonNode flow) {
        JsonNode target = flow.get("target");
        return "%s %s to %s:%d %s"
                .formatted(
                        flow.get("protocol").asString(),
                        flow.get("opener").get("instance").asString(),
                        target.get("instance").asString(),
                        target.get("port").asInt(),
                        flow.hasNonNull("closeReason")
                                ? flow.get("closeReason").asString()
                                : "open");
    }

    /** What tshark saw each game send, and what Kontor's own analysis says each game sent. */
    @Test
    void theMessagesAreThoseOfTheOracle() throws Exception {
        List<String> expected = new ArrayList<>();
        JsonNode oracle =
                new JsonMapper()
                        .readTree(Files.readString(CAPTURES.resolve(NAME + ".tshark.json")));
        for (JsonNode frame : oracle) {
            String source = frame.get("ip.src").get(0).asString();
            if (source.equals(JOINER) || source.equals(HOST)) {
                expected.add(
                        "%s command %d version %d length %d"
                                .formatted(
                                        source.equals(JOINER) ? "game1" : "game2",
                                        Integer.decode(first(frame, "dplay.command")),
                                        Integer.decode(first(frame, "dplay.dialect.version")),
                                        Integer.decode(first(frame, "dplay.size"))));
            }
        }
        assertThat(expected).hasSize(23);

        STACK.api()
                .await(
                        "/api/sessions/" + session + "/messages?limit=200",
                        page -> page.get("messages").size() >= expected.size() + 1);
        List<String> found = new ArrayList<>();
        List<String> ofTheGame = new ArrayList<>();
        for (JsonNode detail : STACK.api().messages(session)) {
            JsonNode message = detail.get("message");
            if (message.get("protocol").asString().equals("dplay")) {
                found.add(
                        "%s command %d version %d length %d"
                                .formatted(
                                        message.get("from").asString(),
                                        number(detail, "dplay.command"),
                                        number(detail, "dplay.dialect.version"),
                                        message.get("length").asInt()));
            } else {
                ofTheGame.add(message.get("type").asString());
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(ofTheGame).containsExactly("PLAYERTABLE");
    }

    private static String first(JsonNode frame, String field) {
        return frame.get(field).get(0).asString();
    }

    private static int number(JsonNode parent, String name) {
        for (JsonNode field : parent.get("fields")) {
            if (field.get("name").asString().equals(name)) {
                return field.get("value").asInt();
            }
            if (field.hasNonNull("children") && !field.get("children").isEmpty()) {
                JsonNode nested =
                        new JsonMapper().createObjectNode().set("fields", field.get("children"));
                int found = number(nested, name);
                if (found >= 0) {
                    return found;
                }
            }
        }
        return -1;
    }
}
