package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The bill of materials that this build has made, against deploy/licences.txt. */
class LicencesIT {

    private static final Path ROOT = ComposeFiles.root();

    @Test
    void everyLibraryHasALicenceThatIsAllowed() throws IOException {
        BillOfMaterials bill =
                new BillOfMaterials(
                        new JsonMapper()
                                .readTree(
                                        Files.readString(ROOT.resolve("target/kontor.cdx.json"))));

        assertThat(bill.libraries().map(library -> library.path("name").asString()))
                .contains("kafka-clients", "postgresql", "spring-security-web");
        assertThat(bill.offenders(allowed()))
                .as("without a licence that deploy/licences.txt allows")
                .isEmpty();
    }

    /** GPL: a program of its own (ADR 0036), so none of its jars may be a library of ours. */
    @Test
    void theKaitaiCompilerIsNoLibraryOfOurs() throws IOException {
        BillOfMaterials bill =
                new BillOfMaterials(
                        new JsonMapper()
                                .readTree(
                                        Files.readString(ROOT.resolve("target/kontor.cdx.json"))));

        assertThat(bill.libraries().map(library -> library.path("name").asString()))
                .contains("kaitai-struct-runtime")
                .doesNotContain("kaitai-struct-compiler_2.13");
    }

    private static Set<String> allowed() throws IOException {
        try (var lines = Files.lines(ROOT.resolve("deploy/licences.txt"))) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toSet());
        }
    }
}
