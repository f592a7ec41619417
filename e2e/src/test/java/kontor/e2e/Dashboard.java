package kontor.e2e;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Grafana's dashboard, as it stands in the working copy.
 *
 * @param document the whole file
 */
record Dashboard(JsonNode document) {

    static final String FILE = "deploy/observability/grafana/dashboards/kontor.json";

    static Dashboard read() throws IOException {
        return new Dashboard(new JsonMapper().readTree(ComposeFiles.root().resolve(FILE).toFile()));
    }

    /** In the order of the file, which is that of the page; rows among them. */
    List<JsonNode> panels() {
        return document.get("panels").valueStream().toList();
    }

    /** Those that ask for something. */
    Stream<JsonNode> charts() {
        return panels().stream().filter(panel -> !isRow(panel));
    }

    List<String> rows() {
        return panels().stream()
                .filter(Dashboard::isRow)
                .map(row -> row.get("title").asString())
                .toList();
    }

    /** Of panels and annotations. */
    Stream<String> expressions() {
        return Stream.concat(
                charts().flatMap(panel -> panel.get("targets").valueStream())
                        .map(target -> target.get("expr").asString()),
                annotations().map(annotation -> annotation.get("expr").asString()));
    }

    Stream<JsonNode> annotations() {
        return document.at("/annotations/list").valueStream();
    }

    static boolean isRow(JsonNode panel) {
        return panel.get("type").asString().equals("row");
    }
}
