package kontor.testing.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChromiumTest {

    @TempDir private Path directory;

    @Test
    void theFirstBrowserOnThePathIsTheMachinesOwn() throws Exception {
        Path browser = Files.createFile(directory.resolve("google-chrome"));
        Map<String, String> environment = Map.of("PATH", "/nowhere::" + directory);
        assertThat(Chromium.installed(environment)).as("not executable").isEmpty();

        Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(Chromium.installed(environment)).contains(browser);
    }

    @Test
    void oneThatIsNamedIsTakenWhateverElseThereIs() {
        assertThat(Chromium.installed(Map.of("CHROMIUM", "/opt/chrome", "PATH", "/usr/bin")))
                .contains(Path.of("/opt/chrome"));
    }

    @Test
    void withoutOneThereIsNone() {
        assertThat(Chromium.installed(Map.of("PATH", directory.toString()))).isEmpty();
    }
}
