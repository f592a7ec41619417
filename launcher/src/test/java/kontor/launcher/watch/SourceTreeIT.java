package kontor.launcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
            Path source = Files.writeString(first.resolve("A.java"), "class A {}");
            assertThat(tree.awaitChanges(QUIET)).containsExactly(root.relativize(source));

            Files.writeString(source, "class A { int b; }");
            assertThat(tree.awaitChanges(QUIET)).containsExactly(root.relativize(source));

            Files.delete(source);
            assertThat(tree.awaitChanges(QUIET)).containsExactly(root.relativize(source));
        }
    }

    @Test
    void whatIsTouchedOrThereForAMomentIsNoChange() throws IOException, InterruptedException {
        Path sources = Files.createDirectories(root.resolve("ui-gateway/src/main/java"));
        Path touched = Files.writeString(sources.resolve("A.java"), "class A {}");
        try (SourceTree tree = new SourceTree(root, List.of("ui-gateway"))) {
            Files.setLastModifiedTime(touched, FileTime.fromMillis(0));
            Files.writeString(touched, "class A {}");
            Files.delete(Files.createFile(sources.resolve("B.java")));
            Path changed = Files.writeString(sources.resolve("C.java"), "class C {}");

            assertThat(tree.awaitChanges(QUIET)).containsExactly(root.relativize(changed));
        }
    }
}
