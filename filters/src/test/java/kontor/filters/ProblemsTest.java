package kontor.filters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.filters.syntax.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, where, and what was expected there. */
class ProblemsTest {

    private static List<Problem> problems(String text) {
        return switch (SampleFields.LANGUAGE.compile(text)) {
            case Compilation.Compiled(Filter filter) -> filter.warnings();
            case Compilation.Refused(var problems) -> problems;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dplay.command == \"x\"      | 17 | 3  | \"x\" is not a whole number",
                "dplay.command == 1.5        | 17 | 3  | 1.5 is not a whole number",
                "udp && x642.amount = 5      | 19 | 1  | = is not expected here",
                "udp &&                      | 6  | 0  | the filter ends here, but more must"
                        + " follow",
                "(udp                        | 4  | 0  | the filter ends here, but more must"
                        + " follow",
                "udp)                        | 3  | 1  | ) is not expected here",
                "udp tcp                     | 4  | 3  | tcp is not expected here",
                "dplay.comand == 1           | 0  | 12 | there is no field dplay.comand",
                "`udp || nothing.here`       | 7  | 12 | there is no field nothing.here",
                "instance == game1           | 12 | 5  | game1 is not a text",
                "instance == \"game1         | 12 | 6  | the closing \" is missing",
                "instance == \"\\q\"         | 12 | 4  | \\q is no escape",
                "instance == \"a\\x00\"      | 12 | 7  | \"a\\x00\" is not a text",
                "ip.src == 300.1.1.1         | 10 | 9  | 300.1.1.1 is not an IPv4 address",
                "ip.src > 10.0.0.0/8         | 7  | 1  | a network can only be equal or not",
                "dplay.flags.secure > true   | 19 | 1  | dplay.flags.secure can only be equal or"
                        + " not",
                "dplay.command contains 1    | 14 | 8  | dplay.command is a whole number; only"
                        + " texts and bytes can be searched",
                "payload matches \"(\"       | 16 | 3  | no regular expression: missing closing )",
                "payload matches \"(a)\\\\1\"| 16 | 8  | no regular expression: invalid escape"
                        + " sequence",
                "udp.port[0:1] == 1          | 8  | 5  | only bytes have slices, and this is a"
                        + " whole number",
                "payload[3-1] == 00          | 8  | 3  | a slice ends before it begins",
                "payload[1:0] == 00          | 10 | 1  | a slice has one byte or more",
                "udp == 1                    | 0  | 3  | udp has no value; it is only there or not",
                "udp.port in {5..1}          | 13 | 4  | 5..1 is no range",
                "udp.port in {}              | 13 | 1  | } is not expected here",
                "udp.port == instance        | 12 | 8  | instance is a text, and it is compared"
                        + " with a whole number",
                "lower(payload) == \"a\"     | 6  | 7  | lower does not take bytes",
                "small(payload) == \"a\"     | 0  | 5  | there is no function small",
                "1 == 2                      | 0  | 1  | one side must be a field",
                "any udp.port                | 0  | 12 | any and all stand before a comparison",
                "frame.time == 2026-13-01    | 14 | 10 | 2026-13-01 is not a time",
                "udp.port == 1 && #          | 17 | 1  | # is not expected here",
            })
    void saysWhereAndWhat(String text, int offset, int length, String message) {
        assertThat(problems(text))
                .first()
                .returns(message, Problem::message)
                .returns(offset, Problem::offset)
                .returns(length, Problem::length);
    }

    @Test
    void namesWhatWasExpected() {
        assertThat(problems("udp.port == x").getFirst().expected())
                .containsExactly("a whole number: 22, 0x16, 0b1010, 026 or 'A'");
        assertThat(problems("udp.port == 1 2").getFirst().expected())
                .contains("&&", "||", "xor", "the end");
        assertThat(problems("udp.port in 5").getFirst().expected()).containsExactly("{");
    }

    @Test
    void suggestsNearNames() {
        assertThat(problems("dplay.comand == 1").getFirst().expected()).startsWith("dplay.command");
        assertThat(problems("command == 1").getFirst().expected()).contains("dplay.command");
    }

    @Test
    void reportsEveryComparisonThatIsWrong() {
        assertThat(problems("udp.port == x && instance == y || tcp.prt == 1"))
                .extracting(Problem::offset)
                .containsExactly(12, 29, 34);
    }

    @Test
    void warnsOfAnEarlierName() {
        assertThat(problems("udp && x642.stock > 1"))
                .containsExactly(
                        new Problem(
                                Problem.Severity.DEPRECATED,
                                7,
                                10,
                                "x642.stock is now called x642.amount",
                                List.of("x642.amount"),
                                false));
    }

    @Test
    void countsCharactersAsJavaScriptDoes() {
        assertThat(problems("instance == \"\uD83D\uDE00\" && nope.x").getFirst().offset())
                .isEqualTo(20);
        assertThat(problems("instance == \"\uD83D\"").getFirst().message())
                .isEqualTo("half a character");
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        assertThat(problems("udp || ".repeat(1000) + "udp").getFirst().message())
                .isEqualTo("a filter has at most 4096 characters");
        assertThat(problems("(".repeat(65) + "udp" + ")".repeat(65)).getFirst().message())
                .isEqualTo("more than 64 parentheses or 128 negations");
        assertThat(problems("!".repeat(3000) + "udp").getFirst().offset()).isEqualTo(128);
    }
}
