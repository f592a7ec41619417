package kontor.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kontor.sessions.v1.RuleFile;
import kontor.sessions.v1.RulesChanged;
import kontor.sessions.v1.SuspendedRule;
import kontor.state.v1.Lab;
import org.junit.jupiter.api.Test;

class RuleBoardTest {

    private final RuleBoard board = new RuleBoard();

    private static RulesChanged rules(String text) {
        return RulesChanged.newBuilder()
                .setVersion("v" + text.length())
                .addFiles(RuleFile.newBuilder().setName("a.yaml").setText(text))
                .build();
    }

    @Test
    void countsBeginWithThoseOfTheCheckpointWhateverWasHeardBefore() {
        board.matched("lab", List.of("a"));
        board.known(
                Lab.newBuilder()
                        .setLab("lab")
                        .setRules(rules("- {rule: a, do: drop}"))
                        .putRuleHits("a", 214)
                        .build());
        board.matched("lab", List.of("a"));

        assertThat(board.hits()).isEqualTo(Map.of("a", 215L));
        assertThat(board.version("lab")).isEqualTo("v21");
    }

    @Test
    void rulesThatSayTheSameAreCountedOnAndOthersBeginAgain() {
        board.changed("lab", rules("- {rule: a, do: drop}\n- {rule: b, do: drop}"));
        board.matched("lab", List.of("a", "b"));

        board.changed("lab", rules("- {rule: a, do: drop}\n- {rule: b, do: {duplicate: 2}}"));
        board.matched("lab", List.of("b"));
        board.matched("other", List.of("b"));

        assertThat(board.hits()).isEqualTo(Map.of("a", 1L, "b", 2L));
        assertThat(board.version("other")).as("not heard").isNull();
        assertThat(board.versions()).containsOnlyKeys("lab");
    }

    @Test
    void aSuspendedRuleIsSaidWithItsLabAsLongAsThatVersionHolds() {
        RulesChanged rules = rules("- {rule: a, do: drop}");
        board.changed(
                "lab",
                rules.toBuilder()
                        .addSuspended(SuspendedRule.newBuilder().setRule("a").setWhy("it fails"))
                        .build());

        assertThat(board.suspended(rules.getVersion())).isEqualTo(Map.of("a", "lab lab: it fails"));
        assertThat(board.suspended("other")).isEmpty();
    }
}
