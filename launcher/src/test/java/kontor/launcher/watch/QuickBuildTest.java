package kontor.launcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class QuickBuildTest {

    private static final String OUTPUT =
            """
            [INFO] Building
            [ERROR] COMPILATION ERROR :
            [ERROR] /kontor/ui-gateway/src/main/java/A.java:[3,5] ';' expected
            [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin
            [ERROR] /kontor/ui-gateway/src/main/java/A.java:[3,5] ';' expected
            [ERROR] -> [Help 1]
            [ERROR]\s
            [ERROR] Re-run Maven using the -X switch to enable full debug logging.
            """;

    @Test
    void theCompilersWordsAreSaidOnce() {
        assertThat(QuickBuild.errors(OUTPUT, Path.of("/kontor")))
                .containsExactly("ui-gateway/src/main/java/A.java:[3,5] ';' expected");
    }

    @Test
    void aFailureWithoutAWordIsAFailureAllTheSame() {
        assertThat(QuickBuild.errors("Killed\n", Path.of("/kontor"))).hasSize(1);
    }
}
