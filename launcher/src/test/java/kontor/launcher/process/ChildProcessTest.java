package kontor.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kontor.launcher.plan.AotCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final String UNTRAINED = "-XX:TieredStopAtLevel=1";

    @TempDir private Path directory;

    private AotCache cache(AotCache.Use use) {
        return new AotCache(directory.resolve("1.aot"), use, List.of(UNTRAINED));
    }

    @Test
    void withoutAnyCacheAJvmIsUntrained() {
        assertThat(ChildProcess.options(cache(AotCache.Use.READ))).containsExactly(UNTRAINED);
    }

    @Test
    void aCacheOfAStartIsNoTraining() throws IOException {
        AotCache cache = cache(AotCache.Use.READ);
        Files.createFile(cache.ofStart());

        assertThat(ChildProcess.options(cache))
                .containsExactly(UNTRAINED, AotCache.readOption(cache.ofStart()));
    }

    @Test
    void theCacheOfAWholeLifeIsPreferred() throws IOException {
        AotCache cache = cache(AotCache.Use.READ);
        Files.createFile(cache.ofStart());
        Files.createFile(cache.file());

        assertThat(ChildProcess.options(cache)).containsExactly(AotCache.readOption(cache.file()));
    }

    @Test
    void whatIsRecordedIsWhatWillBeStarted() {
        AotCache cache = cache(AotCache.Use.WRITE);

        assertThat(ChildProcess.options(cache)).containsExactly(cache.writeOption());
    }
}
