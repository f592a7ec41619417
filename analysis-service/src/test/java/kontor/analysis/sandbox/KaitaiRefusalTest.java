package kontor.analysis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kontor.analysis.kaitai.KsyCompiler;
import kontor.analysis.sandbox.SandboxedAnalyzer.Loaded;
import kontor.analysis.workshop.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are refused, each with the line of its problem. */
class KaitaiRefusalTest {

    private static final KsyCompiler COMPILER = KsyTexts.compiler();

    @AfterAll
    static void end() {
        COMPILER.close();
    }

    @Test
    void errorsOfTheCompilerHaveLineAndColumn() {
        assertThat(refused("seq:\n  - id: a\n    type: nope\n"))
                .containsExactly(
                        new Problem(9, 11, "unable to find type 'nope', searching from sample"));
    }

    @Test
    void errorsOfTheTextHaveLineAndColumn() {
        assertThat(refused("seq:\n  - id: a\n   bad: [\n").getFirst().line()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    meta: {id: other}   | 1 | the id must be that of the file: sample
                    meta: {id: sample}  | 1 | meta has no '-kontor'
                    meta: {id: sample, -kontor: {type: A}}                  | 1 | no protocol
                    meta: {id: sample, -kontor: {protocol: data, typ: A}}   | 1 | 'typ' is none
                    meta: {id: sample, imports: [o], -kontor: {protocol: x}} | 1 | imported
                    [                   | 1 | expected
                    - a                 | 0 | is not a mapping
                    """)
    void whatKontorCannotUseIsRefused(String source, long line, String message) {
        Problem problem = problems(source).getFirst();
        assertThat(problem.message()).contains(message);
        assertThat(problem.line()).isEqualTo(line);
    }

    @Test
    void withoutTheCompilerAFileIsRefused() {
        try (KsyCompiler compiler =
                new KsyCompiler(Path.of("target/none"), Duration.ofMinutes(2))) {
            assertThat(
                            ((Loaded.Refused) KsyTexts.load(KsyTexts.HEAD, compiler))
                                    .problems()
                                    .getFirst()
                                    .message())
                    .contains("compiler cannot be used", "there is no directory target/none");
        }
    }

    @Test
    void aFilterThatAMessageCannotAnswerIsAProblemOfItsLine() {
        assertThat(problems(KsyTexts.SCOPED.formatted("x642.acton == 1")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(5);
                    assertThat(problem.message()).contains("character 1 of the filter");
                });
        assertThat(problems(KsyTexts.SCOPED.formatted("message.len > 8 && payload contains 01")))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("character 20 of the filter"));
    }

    private static List<Problem> refused(String body) {
        return problems(KsyTexts.HEAD + body);
    }

    private static List<Problem> problems(String source) {
        Loaded loaded = KsyTexts.load(source, COMPILER);
        assertThat(loaded).isInstanceOf(Loaded.Refused.class);
        return ((Loaded.Refused) loaded).problems();
    }
}
