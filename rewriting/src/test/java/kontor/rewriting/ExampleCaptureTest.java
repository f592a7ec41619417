package kontor.rewriting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The addresses that tshark finds in the capture of three stand-in games. */
class ExampleCaptureTest {

    private static final Path ORACLE =
            Path.of(System.getProperty("kontor.examples", "../examples"))
                    .resolve("three-games.tshark.json");

    @Test
    void inEveryMessageTheAddressesAreWhereTsharkSeesThem() throws Exception {
        int messages = 0;
        int addresses = 0;
        for (JsonNode frame : new ObjectMapper().readTree(Files.readString(ORACLE))) {
            Bytes message = message(frame);
            List<String> found =
                    PlaceFinder.inMessage(message).places().stream()
                            .map(place -> Dotted.of(message.slice(place.at(), Place.LENGTH)))
                            .toList();
            assertThat(found).as("frame %s", frame.path("frame.number")).isEqualTo(expected(frame));
            messages++;
            addresses += found.size();
        }
        assertThat(messages).isEqualTo(78);
        assertThat(addresses).isGreaterThan(messages);
    }

    /** The first one of the frame: tshark looks for no other. */
    private static Bytes message(JsonNode frame) {
        JsonNode payload =
                frame.has("tcp.payload") ? frame.get("tcp.payload") : frame.get("udp.payload");
        Bytes all = Bytes.ofHex(payload.get(0).asString());
        return all.slice(0, Header.size(all));
    }

    private static List<String> expected(JsonNode frame) {
        List<String> expected = new ArrayList<>();
        expected.add(frame.get("dplay.saddr.ip").get(0).asString());
        for (String field : List.of("dplay.pp.sp_data", "dplay.spp.sp_data")) {
            for (JsonNode data : frame.path(field)) {
                Bytes provider = Bytes.ofHex(data.asString());
                expected.add(Dotted.of(provider.slice(4, 4)));
                expected.add(Dotted.of(provider.slice(20, 4)));
            }
        }
        return expected;
    }
}
