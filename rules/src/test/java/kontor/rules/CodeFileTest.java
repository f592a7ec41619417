package kontor.rules;

import static kontor.rules.Samples.GAME1;
import static kontor.rules.Samples.GAME2;
import static kontor.rules.Samples.GAME3;
import static kontor.rules.Samples.WOOD;
import static kontor.rules.Samples.chat;
import static kontor.rules.Samples.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import kontor.rules.Outcome.Wait;
import kontor.rules.Outcome.Wait.Reason;
import kontor.rules.RuleSet.Compilation;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule in Java concerns is read from its comment; no compiler has a part in this. */
class CodeFileTest {

    private static final String CLASS = "\npublic final class Mine { this is no Java }\n";
    private static final Bytes CHAT = chat("hello");

    private static Compilation compile(RuleFile... files) {
        return RuleSet.compile(List.of(files));
    }

    private static RuleSet rules(RuleFile... files) {
        return switch (compile(files)) {
            case Compilation.Compiled(RuleSet rules) -> rules;
            case Compilation.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static RuleFile java(String comment) {
        return new RuleFile("Mine.java", comment + CLASS);
    }

    private static List<String> problems(RuleFile... files) {
        return switch (compile(files)) {
            case Compilation.Compiled _ -> List.of();
            case Compilation.Refused(var problems) ->
                    problems.stream().map(RuleProblem::toString).toList();
        };
    }

    private static @Nullable Wait waits(RuleSet rules, Bytes bytes, InstanceName to) {
        Outcome outcome = rules.onDatagram(datagram(1, GAME2, GAME3), bytes, _ -> 0);
        Outcome.@Nullable Told told = outcome.told().get(to);
        return told == null ? null : told.later();
    }

    @Test
    void itsKeysMeanWhatTheyMeanInOtherRules() {
        RuleSet rules =
                rules(
                        java(
                                """
                                /* rule: half price
                                   lab: default
                                   from: game1
                                   to: [game2]
                                   protocol: udp
                                   when: x642.chat.text
                                   order: 7
                                   limit: 5
                                   dry-run: true */\
                                """));
        assertThat(rules.rules())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.name()).isEqualTo("half price");
                    assertThat(rule.file()).isEqualTo("Mine.java");
                    assertThat(rule.labs()).containsExactly("default");
                    assertThat(rule.from()).containsExactly(GAME1);
                    assertThat(rule.to()).containsExactly(GAME2);
                    assertThat(rule.transport()).isEqualTo(Packet.Transport.UDP);
                    assertThat(rule.when().text()).isEqualTo("x642.chat.text");
                    assertThat(rule.order()).isEqualTo(7);
                    assertThat(rule.limit()).isEqualTo(5);
                    assertThat(rule.dryRun()).isTrue();
                    assertThat(rule.isCode()).isTrue();
                });
    }

    @Test
    void whatMatchesWaitsForTheCodeAndNothingElseDoes() {
        RuleSet rules = rules(java("/* rule: a\n   to: game2\n   when: x642.chat.text */"));

        assertThat(waits(rules, CHAT, GAME2))
                .isEqualTo(new Wait("a", Reason.CODE, 0, 0, 0, 0, List.of("a")));
        assertThat(waits(rules, CHAT, GAME3)).isNull();
        assertThat(waits(rules, WOOD, GAME2)).isNull();
    }

    @Test
    void itComesBehindRulesInYamlAndSeesWhatTheyMade() {
        RuleSet rules =
                rules(
                        java("/* rule: early\n   order: -9\n   when: tag == \"seen\" */"),
                        new RuleFile("late.yaml", "- {rule: late, order: 9, do: {tag: seen}}"));

        assertThat(rules.rules()).extracting(Rule::name).containsExactly("late", "early");
        assertThat(waits(rules, WOOD, GAME2))
                .isEqualTo(new Wait("early", Reason.CODE, 0, 0, 0, 0, List.of("early")));
    }

    @Test
    void severalAreAskedInTheirOrder() {
        RuleSet rules =
                rules(
                        new RuleFile("Late.java", "/* rule: b\n   order: 2 */"),
                        new RuleFile("Soon.java", "/* rule: a\n   order: 1 */"));
        assertThat(waits(rules, WOOD, GAME2))
                .isEqualTo(new Wait("a", Reason.CODE, 0, 0, 0, 0, List.of("a", "b")));
    }

    @Test
    void whatIsDelayedOrHeldWaitsForTheCodeBesides() {
        RuleFile code = java("/* rule: code */");
        RuleFile delay = new RuleFile("a.yaml", "- {rule: far, protocol: udp, do: {delay: 50 ms}}");
        RuleFile hold = new RuleFile("a.yaml", "- {rule: stop, do: {hold: 1 s}}");
        RuleFile overtakes =
                new RuleFile(
                        "a.yaml",
                        "- {rule: by, protocol: udp, do: {impair: {delay: 9 ms, reorder: 100 %}}}");
        List<String> codes = List.of("code");

        assertThat(waits(rules(code, delay), WOOD, GAME2))
                .isEqualTo(new Wait("far", Reason.NETWORK, 50_000, 0, 1_000_000, 0, codes));
        assertThat(waits(rules(code, hold), WOOD, GAME2))
                .isEqualTo(new Wait("stop", Reason.PERSON, 1_000_000, 0, 0, 0, codes));
        assertThat(waits(rules(code, overtakes), WOOD, GAME2))
                .isEqualTo(new Wait("code", Reason.CODE, 0, 0, 0, 0, codes));
    }

    @Test
    void aStreamIsCutForItAsItSeesMessages() {
        assertThat(rules(java("/* rule: a */")).rules().getFirst().needsMessages()).isTrue();
    }

    @Test
    void otherCodeIsAnotherRule() {
        RuleSet one = rules(java("/* rule: a */"));
        RuleSet other = rules(java("/* rule: a */ // other"));
        assertThat(one.fingerprint("a")).isNotEqualTo(other.fingerprint("a"));
        assertThat(one.without(Set.of("a")).rules()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** rule: a\n *  from: game1\n */",
                "/**\n * rule: a\n * from: game1\n **/",
                "\n\n  /*\n    rule: a\n    from: game1\n  */"
            })
    void theBorderOfACommentIsNoPartOfIt(String comment) {
        assertThat(rules(java(comment)).rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.from()).containsExactly(GAME1));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlaceInTheFile() {
        assertThat(problems(java("/* rule: a\n   form: game1 */")))
                .singleElement()
                .asString()
                .startsWith("Mine.java:2:4: unknown key \"form\"; allowed are rule, lab");
        assertThat(problems(java("\n/**\n * rule: a\n * when: x642.chatt.text\n */")))
                .singleElement()
                .asString()
                .startsWith("Mine.java:4:10: filter, at character 1");
        assertThat(problems(java("/* rule: a\n   do: drop */")))
                .singleElement()
                .asString()
                .startsWith("Mine.java:2:4: unknown key \"do\"");
        assertThat(problems(java("/* from: game1 */")))
                .containsExactly("Mine.java:1:4: expected \"rule:\" with a name");
        assertThat(problems(java("/* a: [ */"))).singleElement().asString().startsWith("Mine.java");
    }

    @Test
    void withoutTheCommentItIsNoRule() {
        String expected =
                "Mine.java:1:1: expected a comment with the keys of a rule at the beginning:"
                        + " /* rule: NAME */";
        assertThat(problems(java(""))).containsExactly(expected);
        assertThat(problems(java("/* rule: a"))).containsExactly(expected);
        assertThat(problems(java("import java.util.*; /* rule: a */"))).containsExactly(expected);
        assertThat(problems(java("/**/")))
                .containsExactly("Mine.java:1:1: the comment at the beginning has no \"rule:\"");
    }

    @Test
    void aFileIsNamedAfterItsClassAndOfALimitedSize() {
        String expected =
                ":1:1: a rule in Java is a file of at most 256 KiB, named after its class:"
                        + " HalfPrice.java";
        assertThat(problems(new RuleFile("half-price.java", "/* rule: a */")))
                .containsExactly("half-price.java" + expected);
        assertThat(problems(java("/* rule: a */" + " ".repeat(256 * 1024))))
                .containsExactly("Mine.java" + expected);
    }

    @Test
    void namesAreOneForBothKindsOfRules() {
        assertThat(
                        problems(
                                java("/* rule: a */"),
                                new RuleFile("other.yaml", "- {rule: a, do: drop}")))
                .singleElement()
                .asString()
                .contains("another rule is called \"a\"");
    }
}
