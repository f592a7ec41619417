package kontor.analyzers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DocumentationTool;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that the build makes of the interface for users' analyzers. */
class ApiPagesTest {

    @Test
    void everyTypeHasAPageAndNoLinkOrTagIsWrong(@TempDir Path pages) throws Exception {
        DocumentationTool javadoc = ToolProvider.getSystemDocumentationTool();
        StringWriter said = new StringWriter();
        boolean isMade =
                javadoc.getTask(
                                said,
                                null,
                                null,
                                null,
                                List.of(
                                        "-quiet",
                                        "-Xdoclint:all,-missing",
                                        "-Werror",
                                        "-d",
                                        pages.toString(),
                                        "-sourcepath",
                                        "src/main/java",
                                        "-classpath",
                                        System.getProperty("java.class.path"),
                                        "kontor.analyzers"),
                                null)
                        .call();

        assertThat(isMade).as(said.toString()).isTrue();
        for (String type : List.of("MessageAnalyzer", "MessageView", "Report", "FieldSpec")) {
            assertThat(pages.resolve("kontor/analyzers/" + type + ".html")).exists();
        }
        assertThat(Files.readString(pages.resolve("kontor/analyzers/MessageAnalyzer.html")))
                .contains("Names fields in one message at a time");
    }
}
