package kontor.analysis.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import kontor.analysis.kaitai.KsyCompiler;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.workshop.AnalyzerStatus;
import kontor.analysis.workshop.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzerWorkshopTest {

    @TempDir private Path directory;
    private final LoadedAnalyzers loaded = new LoadedAnalyzers();
    private AnalyzerWorkshop workshop;

    @AfterEach
    void close() {
        workshop.stop();
    }

    @BeforeEach
    void open() {
        workshop =
                new AnalyzerWorkshop(
                        directory,
                        "api",
                        Duration.ofSeconds(1),
                        new SandboxedAnalyzer.Limits(100_000, 1_000_000, 100),
                        loaded,
                        new KsyCompiler(Path.of("target/kaitai"), Duration.ofMinutes(2)));
    }

    @Test
    void aFileIsInUseAfterOneLookAndGoneWithTheFile() throws IOException {
        save(Sources.sample(""));
        workshop.look();
        assertThat(loaded.inUse().current())
                .extracting(UserAnalyzer::name)
                .containsExactly("sample");
        assertThat(status().state()).isEqualTo("current");
        Files.delete(directory.resolve("Sample.java"));
        workshop.look();
        assertThat(loaded.inUse().current()).isEmpty();
        assertThat(status().state()).isEqualTo("removed");
    }

    @Test
    void theLastGoodVersionStaysInUseWhileTheFileDoesNotCompile() throws IOException {
        save(Sources.sample(""));
        workshop.look();
        String good = status().version();
        save(Sources.sample("int x = ;  "));
        workshop.look();
        assertThat(status().state()).isEqualTo("refused");
        assertThat(status().version()).isEqualTo(good);
        assertThat(status().problems().getFirst().line()).isEqualTo(14);
        assertThat(loaded.inUse().current().getFirst().version()).isEqualTo(good);
    }

    @Test
    void aVersionThatFailsOnAllSamplesThatItWantsIsRefused() throws IOException {
        loaded.samples().add(SandboxedAnalyzerTest.message("01"));
        loaded.samples().add(SandboxedAnalyzerTest.message("02"));
        save(Sources.sample("while (true) {}"));
        workshop.look();
        assertThat(loaded.inUse().current()).isEmpty();
        assertThat(status().problems().getFirst().message())
                .contains("failed on all 2 messages", "endless loop");
    }

    @Test
    void aSuspendedAnalyzerIsOutOfUseUntilItsFileChanges() throws IOException {
        save(Sources.sample(""));
        workshop.look();
        loaded.suspend("sample", status().version(), "failed on 20 messages");
        workshop.look();
        assertThat(loaded.inUse().current()).isEmpty();
        save(Sources.sample("report.summary(\"again\");"));
        workshop.look();
        assertThat(loaded.inUse().current()).hasSize(1);
    }

    @Test
    void aKaitaiFileIsSwappedLikeAJavaFileAndTheLastGoodVersionStays() throws IOException {
        save("sample.ksy", Sources.kaitai("u1"));
        workshop.look();
        String good = status().version();
        assertThat(status().state()).isEqualTo("current");
        assertThat(loaded.inUse().current().getFirst().version()).isEqualTo(good);
        save("sample.ksy", Sources.kaitai("u3"));
        workshop.look();
        assertThat(status().state()).isEqualTo("refused");
        assertThat(status().problems().getFirst().line()).isEqualTo(7);
        assertThat(loaded.inUse().current().getFirst().version()).isEqualTo(good);
        save("sample.ksy", Sources.kaitai("u2"));
        workshop.look();
        assertThat(status().state()).isEqualTo("current");
        assertThat(status().version()).isNotEqualTo(good);
    }

    @Test
    void aKaitaiFileThatFitsNoSampleIsRefusedWithItsLine() throws IOException {
        loaded.samples().add(SandboxedAnalyzerTest.message("01"));
        save("sample.ksy", Sources.kaitai("u4"));
        workshop.look();
        assertThat(loaded.inUse().current()).isEmpty();
        assertThat(status().problems())
                .containsExactly(
                        new Problem(
                                7,
                                5,
                                "failed on all 1 messages tried: seq/0: the message ends before"
                                        + " it"));
    }

    @Test
    void ofTwoFilesOfOneNameTheJavaFileCounts() throws IOException {
        save("sample.ksy", Sources.kaitai("u1"));
        save(Sources.sample(""));
        workshop.look();
        assertThat(status().file()).isEqualTo("Sample.java");
        Files.delete(directory.resolve("Sample.java"));
        workshop.look();
        assertThat(status().file()).isEqualTo("sample.ksy");
        assertThat(loaded.inUse().current()).hasSize(1);
    }

    private AnalyzerStatus status() {
        return requireNonNull(loaded.statuses().get("sample"));
    }

    /** Replaced as editors do it: the file has another identity. */
    private void save(String source) throws IOException {
        save("Sample.java", source);
    }

    private void save(String file, String source) throws IOException {
        Path written = Files.writeString(directory.resolve(file + ".tmp"), source);
        Files.move(written, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
}
