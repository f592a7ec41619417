package kontor.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the working copy that make up the compose stack. */
final class ComposeFiles {

    private ComposeFiles() {}

    /** The working copy that the test runs in. */
    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("compose.yaml"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("no compose.yaml here or above");
            }
        }
        return directory;
    }

    /** The services of compose.yaml by name, anchors resolved, variables as they stand. */
    static Map<String, Map<String, Object>> services() throws IOException {
        return services("compose.yaml");
    }

    /** The same of another compose file. */
    @SuppressWarnings("unchecked")
    static Map<String, Map<String, Object>> services(String file) throws IOException {
        return (Map<String, Map<String, Object>>) requireNonNull(yaml(file).get("services"));
    }

    /** A YAML file of the working copy that is a mapping. */
    static Map<String, Object> yaml(String file) throws IOException {
        try (Reader text = Files.newBufferedReader(root().resolve(file))) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        }
    }
}
