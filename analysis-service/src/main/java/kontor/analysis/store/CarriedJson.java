package kontor.analysis.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.analysis.reassembly.StreamBoundary;
import kontor.analysis.sessions.Carried;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What sessions leave to each other as the table has it: {@code {"<analyzer>": [{"run", "number",
 * "fromOpener", "nextOffset", "boundary", "head", "givenUp"}]}}.
 */
final class CarriedJson {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private CarriedJson() {}

    static String write(Carried carried) {
        ObjectNode root = MAPPER.createObjectNode();
        carried.boundaries()
                .forEach((analyzer, boundaries) -> {
                    ArrayNode list = root.putArray(analyzer);
                    boundaries.forEach(boundary -> write(boundary, list.addObject()));
                });
        return MAPPER.writeValueAsString(root);
    }

    private static void write(StreamBoundary boundary, ObjectNode node) {
        node.put("run", boundary.flow().run().toString())
                .put("number", boundary.flow().number())
                .put("fromOpener", boundary.fromOpener())
                .put("nextOffset", boundary.nextOffset())
                .put("boundary", boundary.boundary())
                .put("head", boundary.head().toHex())
                .put("givenUp", boundary.isGivenUp());
    }

    /** Sessions of earlier versions have nothing there. */
    static Carried read(@Nullable String json) {
        if (json == null) {
            return Carried.nothing();
        }
        Map<String, List<StreamBoundary>> read = new HashMap<>();
        MAPPER.readTree(json)
                .properties()
                .forEach(analyzer -> {
                    List<StreamBoundary> boundaries = new ArrayList<>();
                    analyzer.getValue().forEach(node -> boundaries.add(boundary(node)));
                    read.put(analyzer.getKey(), boundaries);
                });
        return new Carried(read);
    }

    private static StreamBoundary boundary(JsonNode node) {
        return new StreamBoundary(
                new FlowReference(
                        RunId.parse(node.path("run").asString()), node.path("number").asLong()),
                node.path("fromOpener").asBoolean(),
                node.path("nextOffset").asLong(),
                node.path("boundary").asLong(),
                Bytes.ofHex(node.path("head").asString()),
                node.path("givenUp").asBoolean());
    }
}
