package kontor.local.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a directory of this machine. */
final class SourceTreeIT {

    private static final Duration QUIET = Duration.ofMillis(100);

    @TempDir private Path root;

    @Test
    void changesAreSeenAlsoInDirectoriesThatComeLater() throws IOException, InterruptedException {
        Path sources = Files.createDirectories(root.resolve("ui-gateway/src/main/java"));
        try (SourceTree tree = new SourceTree(root, List.of("ui-gateway", "not-there"))) {
            Path first = Files.createDirectory(sources.resolve("first"));
            assertThat(tree.awaitChanges(QUIET)).contains(root.relativize(first));

            Path source = Files.writeString(first.resolve("A.java"), "class A {}");
            assertThat(tree.awaitChanges(QUIET)).contains(root.relativize(source));
        }
    }
}
