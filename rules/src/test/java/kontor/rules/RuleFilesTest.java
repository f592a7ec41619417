package kontor.rules;

import static kontor.rules.Samples.problems;
import static kontor.rules.Samples.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFilesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "- {rule: a, form: game1, do: drop} | test.yaml:1:13: unknown key \"\"form\"\";"
                        + " allowed are rule, lab, from, to, protocol, when, do, order, limit,"
                        + " until, dry-run, enabled",
                "- {rule: a, do: explode} | test.yaml:1:17: unknown action \"\"explode\"\"; allowed"
                        + " are set, patch, replace, drop, duplicate, tag, impair, delay and hold",
                "- {rule: a} | test.yaml:1:3: expected \"\"do:\"\" with a list of actions",
                "- {do: drop} | test.yaml:1:3: expected \"\"rule:\"\" with a name",
                "- {rule: a, protocol: ipx, do: drop} | test.yaml:1:23: allowed are udp and tcp",
                "- {rule: a, limit: 0, do: drop} | test.yaml:1:20: expected a number from 1 to"
                        + " 9223372036854775807",
                "- {rule: a, until: tomorrow, do: drop} | test.yaml:1:20: expected a time in UTC,"
                        + " as 2026-11-30T18:00:00Z",
                "- {rule: a, do: {impair: {loss: 5 %}}} | test.yaml:1:17: impair is for datagrams:"
                        + " the rule needs \"\"protocol: udp\"\", since a stream cannot lose a part"
                        + " of itself",
                "- {rule: a, do: {patch: 1, bytes: xy}} | test.yaml:1:35: expected bytes as"
                        + " hexadecimal digits, as \"\"00 1f a2\"\"",
                "rules: 5 | test.yaml:1:8: expected a list of rules, each beginning with \"\"-"
                        + " rule: NAME\"\"",
            })
    void whatIsWrongIsSaidWithItsPlaceAndWhatIsAllowed(String text, String problem) {
        assertThat(problems(text)).containsExactly(problem.replace("\"\"", "\""));
    }

    @Test
    void aFilterThatIsWrongIsSaidWithItsPlace() {
        assertThat(problems("- {rule: a, when: x642.chatt.text, do: drop}"))
                .singleElement()
                .asString()
                .startsWith("test.yaml:1:19: filter, at character 1: ");
        assertThat(problems("- {rule: a, when: frame.number > 5, do: drop}")).hasSize(1);
    }

    @Test
    void aFieldThatNoMessageHasCannotBeSet() {
        assertThat(problems("- {rule: a, do: {set: x642.chat.txt, to: hi}}"))
                .singleElement()
                .asString()
                .contains("no field \"x642.chat.txt\"", "x642.chat.text");
    }

    @Test
    void yamlThatIsNoneIsSaidWithItsPlace() {
        assertThat(problems("- {rule: a")).singleElement().asString().startsWith("test.yaml:1:");
    }

    @Test
    void twoRulesOfOneNameAreAProblemOfTheSecond() {
        assertThat(problems("- {rule: a, do: drop}\n- {rule: a, do: drop}"))
                .containsExactly(
                        "test.yaml:2:3: another rule is called \"a\"; each needs a name of its"
                                + " own");
    }

    @Test
    void anEmptyFileHasNoRulesAndARuleThatIsSwitchedOffIsNone() {
        assertThat(rules("# nothing yet").rules()).isEmpty();
        assertThat(rules("rules: []").rules()).isEmpty();
        assertThat(rules("- {rule: a, enabled: false, do: drop}").rules()).isEmpty();
    }

    @Test
    void jsonIsYaml() {
        assertThat(rules("{\"rules\": [{\"rule\": \"a\", \"do\": [\"drop\"]}]}").rules())
                .hasSize(1);
    }

    @Test
    void theVersionFollowsFromNamesAndTextsAndNotFromTheirOrder() {
        RuleFile one = new RuleFile("a.yaml", "- {rule: a, do: drop}");
        RuleFile two = new RuleFile("b.yaml", "- {rule: b, do: drop}");

        assertThat(RuleSet.version(List.of(one, two)))
                .isEqualTo(RuleSet.version(List.of(two, one)))
                .isNotEqualTo(RuleSet.version(List.of(one)))
                .hasSize(12);
        assertThat(RuleSet.version(List.of())).isEmpty();
    }

    @Test
    void aRuleIsKnownAgainUnlessItWasChanged() {
        RuleSet before = rules("- {rule: a, do: drop}\n- {rule: b, do: drop}");
        RuleSet after = rules("- {rule: b, do: drop}\n- {rule: a, limit: 3, do: drop}");

        assertThat(after.fingerprint("b")).isEqualTo(before.fingerprint("b"));
        assertThat(after.fingerprint("a")).isNotEqualTo(before.fingerprint("a"));
    }
}
