package kontor.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureException;
import kontor.captures.reading.CaptureFile;
import kontor.captures.reading.CaptureInterface;
import kontor.captures.reading.Packet;
import kontor.captures.reading.Packets;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sessions as files, over real HTTP, out of a real database. */
@Timeout(120)
class ExportIT extends GatewayOnSampleStack {

    @BeforeAll
    static void start() {
        startGateway(Map.of("KONTOR_GATEWAY_STREAM_DATABASE_POLL", "20ms"));
    }

    private static byte[] export(SampleSession session, String query, Object... values) {
        byte[] file =
                gateway.client()
                        .get()
                        .uri("/api/sessions/" + session.id() + "/export" + query, values)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .contentType("application/x-pcapng")
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        return file == null ? new byte[0] : file;
    }

    private static List<Bytes> payloads(Capture capture) {
        List<Bytes> payloads = new ArrayList<>();
        for (Packet packet : Packets.of(capture).all()) {
            Bytes payload =
                    switch (packet) {
                        case Packet.Tcp tcp -> tcp.payload();
                        case Packet.Udp udp -> udp.payload();
                        case Packet.Other other -> throw new AssertionError(other);
                    };
            if (!payload.isEmpty()) {
                payloads.add(payload);
            }
        }
        return payloads;
    }

    @Test
    void writesASessionAsACaptureOfWhatItsGamesSent() throws CaptureException {
        SampleSession session = stack.record(SampleSession.lobby("export"));

        byte[] file = export(session, "?format=pcapng");
        Capture capture = CaptureFile.parse(Bytes.owning(file));

        assertThat(capture.interfaces())
                .extracting(CaptureInterface::name)
                .containsExactly("game1", "game2");
        assertThat(payloads(capture))
                .containsExactly(
                        SampleMessages.dplay(0x02, 52),
                        SampleMessages.dplay(0x01, 124),
                        SampleMessages.dplay(0x07, 68),
                        SampleMessages.x642(1, 2, 3),
                        SampleMessages.x642(4));
        assertThat(new String(file, ISO_8859_1))
                .contains("undeliverable: 127.1.0.9 belongs to nobody in this lab");
    }

    @Test
    void writesEveryPageOfALongSession() throws CaptureException {
        SampleSession session = SampleSession.of("export-long");
        session.chat(900);
        stack.record(session);

        assertThat(payloads(CaptureFile.parse(Bytes.owning(export(session, ""))))).hasSize(900);
    }

    @Test
    void writesOnlyWhatAFilterFinds() throws CaptureException {
        SampleSession session = stack.record(SampleSession.lobby("export-filtered"));

        byte[] file =
                export(session, "?filter={filter}", "udp.port == 2350 && instance == \"game1\"");

        assertThat(payloads(CaptureFile.parse(Bytes.owning(file))))
                .containsExactly(SampleMessages.x642(1, 2, 3));
    }

    @Test
    void goesOnWithARunningSessionUntilItEnds()
            throws IOException, InterruptedException, CaptureException {
        SampleSession session = SampleSession.lobby("export-live");
        stack.record(session);
        URI uri = gateway.uri("/api/sessions/" + session.id() + "/export?live=true");
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream body =
                        client.send(
                                        HttpRequest.newBuilder(uri).build(),
                                        BodyHandlers.ofInputStream())
                                .body()) {
            byte[] begun = body.readNBytes(8);
            session.chat(3);
            session.end();
            session.steps()
                    .subList(session.steps().size() - 4, session.steps().size())
                    .forEach(stack::record);
            Bytes file = Bytes.owning(begun).plus(Bytes.owning(body.readAllBytes()));

            assertThat(payloads(CaptureFile.parse(file))).hasSize(8);
        }
    }

    @Test
    void refusesAFormatThatItDoesNotHave() {
        SampleSession session = stack.record(SampleSession.lobby("export-refused"));

        gateway.client()
                .get()
                .uri("/api/sessions/" + session.id() + "/export?format=docx")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.allowed[0]")
                .isEqualTo("pcapng, jsonl");
    }

    @Test
    void writesMessagesOneALine() {
        SampleSession session = SampleSession.of("export-lines");
        session.chat(250);
        stack.record(session);
        String file =
                gateway.client()
                        .get()
                        .uri("/api/sessions/" + session.id() + "/export?format=jsonl")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();

        List<String> lines = String.valueOf(file).lines().toList();
        assertThat(lines).hasSize(250);
        JsonNode last = new JsonMapper().readTree(lines.getLast());
        assertThat(last.at("/message/sequence").asLong()).isEqualTo(251);
        assertThat(last.get("fields")).isNotEmpty();
    }
}
