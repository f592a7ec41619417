package kontor.testing.infrastructure;

import static java.util.Objects.requireNonNull;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The images that compose.yaml names: read there, so that tests cannot differ from it. */
enum TestImage {
    KAFKA("kafka"),
    POSTGRES("postgres");

    private static final String FILE = "compose.yaml";
    private static final int PULL_SECONDS = 180;

    private final String service;

    TestImage(String service) {
        this.service = service;
    }

    /** As it stands in compose.yaml of the working copy. */
    DockerImageName imageName() {
        try (Reader text = Files.newBufferedReader(composeFile())) {
            Map<String, Map<String, Map<String, Object>>> file =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            Map<String, Object> described =
                    requireNonNull(requireNonNull(file.get("services")).get(service), service);
            return DockerImageName.parse((String) requireNonNull(described.get("image")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path composeFile() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve(FILE))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("no " + FILE + " here or above");
            }
        }
        return directory.resolve(FILE);
    }

    /** The engine has it, or has been able to pull it just now. Blocks for minutes at most. */
    static boolean present(TestImage image) {
        String name = image.imageName().asCanonicalNameString();
        var engine = DockerClientFactory.lazyClient();
        try {
            engine.inspectImageCmd(name).exec();
            return true;
        } catch (NotFoundException missing) {
            return pulled(image.imageName());
        }
    }

    private static boolean pulled(DockerImageName name) {
        try {
            return DockerClientFactory.lazyClient()
                    .pullImageCmd(name.getUnversionedPart())
                    .withTag(name.getVersionPart())
                    .start()
                    .awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS);
        } catch (DockerException unreachable) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
