package kontor.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The page's pure parts, whose tests are in src/test/javascript: each {@code *.test.js} there
 * registers its tests, and each is a test here. They run in a JavaScript engine of the JVM, so that
 * the build needs neither a browser nor Node.
 */
class PageStateTest {

    private static final Path TESTS = Path.of("src", "test", "javascript").toAbsolutePath();

    private static final Context JAVASCRIPT =
            Context.newBuilder("js")
                    .allowIO(IOAccess.ALL)
                    .option("engine.WarnInterpreterOnly", "false")
                    .build();

    @AfterAll
    static void close() {
        JAVASCRIPT.close();
    }

    @TestFactory
    List<DynamicTest> pureParts() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            files.filter(file -> file.toString().endsWith(".test.js"))
                    .sorted()
                    .forEach(PageStateTest::module);
        }
        Value registered = JAVASCRIPT.getBindings("js").getMember("tests");
        List<DynamicTest> tests = new ArrayList<>();
        for (long i = 0; i < registered.getArraySize(); i++) {
            Value test = registered.getArrayElement(i);
            tests.add(
                    DynamicTest.dynamicTest(
                            test.getMember("name").asString(),
                            () -> test.getMember("run").executeVoid()));
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static void module(Path file) {
        try {
            JAVASCRIPT.eval(
                    Source.newBuilder("js", file.toFile())
                            .mimeType("application/javascript+module")
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
