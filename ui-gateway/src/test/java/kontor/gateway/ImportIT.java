package kontor.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.topics.Topics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;

/** What is no capture is refused, and begins no session. Whole imports: CaptureFilesE2E. */
@Timeout(120)
class ImportIT extends GatewayOnSampleStack {

    @TempDir private static Path directory;

    @BeforeAll
    static void start() {
        startGateway(
                Map.of(
                        "KONTOR_GATEWAY_IMPORTS_LARGEST",
                        "1000B",
                        "KONTOR_GATEWAY_IMPORTS_DIRECTORY",
                        directory.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, '', bad-body, neither pcapng nor pcap",
        "'', '', bad-body, ''",
        "nonsense, 10.0.0.1, bad-parameter, map",
        "nonsense, '10.0.0.1=game1,10.0.0.2=game1', bad-parameter, map",
        "nonsense, '10.0.0.1=Game 1', bad-parameter, map",
    })
    void refusesWhatIsNoCaptureOrNoName(String body, String map, String type, String detail) {
        long control = stack.end(Topics.CONTROL);

        gateway.client()
                .post()
                .uri("/api/imports?map={map}", map)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .bodyValue(body.getBytes(US_ASCII))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:kontor:problem:" + type)
                .jsonPath("$.detail")
                .value(String.class, text -> assertThat(text).contains(detail));

        assertThat(
                        stack.read(Topics.CONTROL, control).stream()
                                .map(kontor.topics.Records::controlEvent)
                                .filter(event -> event.hasStartSession()))
                .isEmpty();
    }

    @Test
    void refusesWhatIsLargerThanItsBoundAndLeavesNoFile() throws IOException {
        gateway.client()
                .post()
                .uri("/api/imports")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .bodyValue(new byte[1001])
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        text ->
                                assertThat(text)
                                        .contains("more than 1000 bytes")
                                        .contains("KONTOR_GATEWAY_IMPORTS_LARGEST"));
        assertThat(directory).isEmptyDirectory();
        assertThat(gateway.get("/api/imports").get("imports")).isEmpty();
    }

    @Test
    void takesACaptureOutOfAFormToo() {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("file", "nonsense".getBytes(US_ASCII)).filename("lobby.pcapng");
        gateway.client()
                .post()
                .uri("/api/imports")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .bodyValue(form.build())
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, text -> assertThat(text).contains("neither pcapng nor pcap"));
        assertThat(directory).isEmptyDirectory();
    }
}
