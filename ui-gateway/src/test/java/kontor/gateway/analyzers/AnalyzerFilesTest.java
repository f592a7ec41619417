package kontor.gateway.analyzers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kontor.gateway.analyzers.AnalyzerFiles.ChangedException;
import kontor.gateway.analyzers.AnalyzerFiles.FullException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzerFilesTest {

    @TempDir private Path home;
    private Path directory = Path.of("");
    private AnalyzerFiles files = new AnalyzerFiles(directory);

    @BeforeEach
    void name() {
        directory = home.resolve("analyzers");
        files = new AnalyzerFiles(directory);
    }

    @Test
    void aNewFileIsSavedAndReplacedByWhoKnowsItsText() throws Exception {
        String first = files.write("Harbour.java", "class Harbour {}", null);
        String second = files.write("Harbour.java", "class Harbour { }", first);

        assertThat(Files.readString(directory.resolve("Harbour.java")))
                .isEqualTo("class Harbour { }");
        assertThat(files.read("Harbour.java"))
                .contains(new AnalyzerFiles.Text("class Harbour { }", second));
        assertThat(directory.toFile().list()).containsExactly("Harbour.java");
    }

    @Test
    void whatSomebodyElseSavedIsNotOverwritten() throws Exception {
        String first = files.write("Harbour.java", "mine", null);
        Files.writeString(directory.resolve("Harbour.java"), "theirs");

        assertThatThrownBy(() -> files.write("Harbour.java", "again", first))
                .isInstanceOf(ChangedException.class);
        assertThatThrownBy(() -> files.write("Harbour.java", "again", null))
                .isInstanceOf(ChangedException.class);
        assertThatThrownBy(() -> files.delete("Harbour.java", first))
                .isInstanceOf(ChangedException.class);
        assertThat(Files.readString(directory.resolve("Harbour.java"))).isEqualTo("theirs");
    }

    @Test
    void aFileIsDeletedByWhoKnowsItsText() throws Exception {
        String version = files.write("harbour.ksy", "meta:", null);

        files.delete("harbour.ksy", version);

        assertThat(files.read("harbour.ksy")).isEmpty();
        assertThat(directory.resolve("harbour.ksy")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../Harbour.java",
                "/etc/passwd",
                "harbour.java",
                "Harbour.java ",
                "Harbour.java\n",
                ".Harbour.java",
                "Harbour.jar",
                "sub/Harbour.java",
                "Harbour.ksy",
                ""
            })
    void onlyNamesOfAnalyzersAreFiles(String name) {
        assertThat(AnalyzerFiles.isName(name)).isFalse();
        assertThatThrownBy(() -> files.read(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.write(name, "", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noLinkIsFollowed() throws Exception {
        Files.createDirectories(directory);
        Path secret = Files.writeString(home.resolve("secret"), "secret");
        Files.createSymbolicLink(directory.resolve("Secret.java"), secret);

        assertThatThrownBy(() -> files.read("Secret.java")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.write("Secret.java", "x", null))
                .isInstanceOf(IOException.class);
        assertThat(Files.readString(secret)).isEqualTo("secret");
    }

    @Test
    void noMoreFilesAreSavedThanAreLookedAt() throws Exception {
        for (int i = 0; i < 100; i++) {
            files.write("A" + i + ".java", "", null);
        }

        assertThatThrownBy(() -> files.write("OneMore.java", "", null))
                .isInstanceOf(FullException.class);
        assertThat(directory.resolve("OneMore.java")).doesNotExist();
    }
}
