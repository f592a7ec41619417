package kontor.e2e;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What Kontor runs from, as CycloneDX writes it down.
 *
 * @param document the whole file
 */
record BillOfMaterials(JsonNode document) {

    /**
     * Libraries of which no licence is among these, each with those that it has. Several that stand
     * side by side, or joined by OR, are a choice.
     */
    List<String> offenders(Set<String> allowed) {
        return libraries()
                .filter(library -> licences(library).noneMatch(allowed::contains))
                .map(library ->
                        "%s:%s:%s has %s"
                                .formatted(
                                        text(library, "group"),
                                        text(library, "name"),
                                        text(library, "version"),
                                        licences(library).toList()))
                .toList();
    }

    /** Without our own modules. */
    Stream<JsonNode> libraries() {
        return document.path("components")
                .valueStream()
                .filter(component -> !text(component, "group").equals("kontor"));
    }

    private static Stream<String> licences(JsonNode library) {
        return library.path("licenses")
                .valueStream()
                .flatMap(choice ->
                        Stream.concat(
                                Arrays.stream(text(choice, "expression").split(" OR ", -1)),
                                Stream.of("id", "name")
                                        .map(form -> text(choice.path("license"), form))))
                .filter(licence -> !licence.isEmpty());
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
