package kontor.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.rules.Rule;
import kontor.rules.RuleFile;
import org.junit.jupiter.api.Test;

class RuleBookTest {

    private static final RuleFile GOOD = new RuleFile("a.yaml", "- {rule: a, do: drop}");
    private static final RuleFile WRONG = new RuleFile("a.yaml", "- {rule: a, do: explode}");
    private static final RuleFile OTHER = new RuleFile("b.yaml", "- {rule: b, do: drop}");

    private static List<String> inUse(RuleBook book) {
        return book.rules().rules().stream().map(Rule::name).toList();
    }

    @Test
    void whatIsRightIsInUse() {
        RuleBook book = RuleBook.empty().with(List.of(GOOD, OTHER));

        assertThat(inUse(book)).containsExactly("a", "b");
        assertThat(book.used()).containsExactly(GOOD, OTHER);
    }

    @Test
    void aFileThatBecomesWrongLeavesInUseWhatItSaidBefore() {
        RuleBook book = RuleBook.empty().with(List.of(GOOD, OTHER)).with(List.of(WRONG, OTHER));

        assertThat(inUse(book)).containsExactly("a", "b");
        RuleBook.Page page = book.pages().getFirst();
        assertThat(page.text()).isEqualTo(WRONG.text());
        assertThat(page.used()).isEqualTo(GOOD.text());
        assertThat(page.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("explode"));
    }

    @Test
    void aFileThatWasNeverRightIsNotInUseAndOthersAre() {
        RuleBook book = RuleBook.empty().with(List.of(WRONG, OTHER));

        assertThat(inUse(book)).containsExactly("b");
        assertThat(book.pages().getFirst().used()).isNull();
    }

    @Test
    void ofTwoRulesOfOneNameTheFirstFilesIsInUse() {
        RuleFile same = new RuleFile("b.yaml", "- {rule: a, limit: 3, do: drop}");

        RuleBook book = RuleBook.empty().with(List.of(GOOD, same));

        assertThat(book.used()).containsExactly(GOOD);
        assertThat(book.pages().get(1).problems()).hasSize(1);
    }

    @Test
    void aFileThatIsGoneIsInUseNoLonger() {
        assertThat(inUse(RuleBook.empty().with(List.of(GOOD, OTHER)).with(List.of(OTHER))))
                .containsExactly("b");
    }

    private static RuleFile java(String body) {
        return new RuleFile(
                "Mine.java",
                """
                /* rule: mine */
                import kontor.packetrules.*;
                public final class Mine implements PacketRule {
                    public void on(PacketView packet, Ruling ruling) {
                        %s
                    }
                }
                """
                        .formatted(body));
    }

    @Test
    void aRuleInJavaThatDoesNotCompileLeavesInUseWhatItSaidBeforeAndSaysWhere() {
        RuleFile good = java("ruling.drop();");
        RuleBook book = RuleBook.empty().with(List.of(GOOD, good));
        assertThat(inUse(book)).containsExactly("a", "mine");

        book = book.with(List.of(GOOD, java("ruling.dorp();")));

        assertThat(inUse(book)).containsExactly("a", "mine");
        assertThat(book.used()).containsExactly(good, GOOD);
        assertThat(book.pages().getFirst().problems())
                .singleElement()
                .asString()
                .startsWith("Mine.java:5:15: cannot find symbol");
    }

    @Test
    void aRuleInJavaIsTriedBeforeItIsInUse() {
        RuleBook endless = RuleBook.empty().with(List.of(java("while (true) {}")));
        assertThat(endless.used()).isEmpty();
        assertThat(endless.pages().getFirst().problems())
                .singleElement()
                .asString()
                .contains("is there an endless loop?");

        RuleBook forbidden = RuleBook.empty().with(List.of(java("System.exit(1);")));
        assertThat(forbidden.pages().getFirst().problems())
                .singleElement()
                .asString()
                .contains("java.lang.System must not be used here");

        assertThat(inUse(RuleBook.empty().with(List.of(java("packet.u8(99);")))))
                .as("of an empty packet nobody need know what to do")
                .containsExactly("mine");
    }
}
