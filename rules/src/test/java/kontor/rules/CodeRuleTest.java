package kontor.rules;

import static kontor.rules.Samples.GAME2;
import static kontor.rules.Samples.GAME3;
import static kontor.rules.Samples.chat;
import static kontor.rules.Samples.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.rules.CodeRule.Loaded;
import kontor.rules.CodeRule.Said;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

class CodeRuleTest {

    private static final CodeRule.Limits LIMITS = new CodeRule.Limits(10_000, 1_000_000);
    private static final Bytes ATTACK = chat("attack at dawn");

    private static RuleFile file(String body) {
        return new RuleFile(
                "Mine.java",
                """
                import kontor.packetrules.*;
                public final class Mine implements PacketRule {
                    public void on(PacketView packet, Ruling ruling) {
                        %s
                    }
                }
                """
                        .formatted(body));
    }

    private static Said say(String body) {
        return switch (CodeRule.load(file(body), LIMITS)) {
            case Loaded.Ready(CodeRule rule) ->
                    rule.on(datagram(1, GAME2, GAME3), GAME2, ATTACK, false);
            case Loaded.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static void isUnchangedBecause(Said said, String problem) {
        assertThat(said.bytes()).isEqualTo(ATTACK);
        assertThat(said.isDropped()).isFalse();
        assertThat(said.problems()).singleElement().asString().contains(problem);
    }

    @Test
    void itReadsFieldsAndWritesThemAsOtherRulesDo() {
        Said said =
                say(
                        """
                        if (packet.text("x642.chat.text").startsWith("attack")) {
                            ruling.set("x642.chat.text", "hello");
                        }
                        """);
        assertThat(said).isEqualTo(new Said(chat("hello"), false, List.of()));
    }

    @Test
    void whatItSaysNothingOfGoesOnAsItIs() {
        assertThat(say("")).isEqualTo(new Said(ATTACK, false, List.of()));
    }

    @Test
    void itCanChooseBySenderAndRecipient() {
        String body =
                "if (packet.from().equals(\"game1\") && packet.to().equals(\"game2\")) {"
                        + " ruling.drop(); }";
        assertThat(say(body).isDropped()).isTrue();
    }

    @Test
    void itComputesBytesFromBytes() {
        Said said =
                say(
                        """
                        byte sum = 0;
                        for (int i = 0; i < packet.length() - 1; i++) {
                            sum += (byte) packet.u8(i);
                        }
                        ruling.patch(-1, new byte[] {sum});
                        """);
        byte sum = 0;
        for (int i = 0; i < ATTACK.length() - 1; i++) {
            sum += (byte) ATTACK.unsignedAt(i);
        }
        assertThat(said.bytes())
                .isEqualTo(ATTACK.slice(0, ATTACK.length() - 1).plus(Bytes.copyOf(sum)));
    }

    @Test
    void anEndlessLoopCostsItsPacketOnlyWhichPassesUnchanged() {
        isUnchangedBecause(
                say("ruling.drop(); while (true) { packet.length(); }"),
                "is there an endless loop?");
    }

    @Test
    void ofCodeThatThrowsTheLineIsNamedAndNothingOfItIsDone() {
        isUnchangedBecause(
                say("ruling.drop();\npacket.number(\"x642.chat.text\");"),
                "Mine.java: IllegalArgumentException: there is no number x642.chat.text"
                        + " (Mine.java, line 5)");
    }

    @Test
    void whatCannotBeDoneIsLeftOutAndSaid() {
        isUnchangedBecause(
                say("ruling.patch(60_000, new byte[1]);"), "patch of bytes 60000 to 60001");
    }

    @Test
    void anErrorOfTheCompilerHasItsPlace() {
        assertThat(CodeRule.load(file("ruling.dorp();"), LIMITS))
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .singleElement()
                                        .asString()
                                        .startsWith("Mine.java:4:15: cannot find symbol"));
    }

    @Test
    void whatMustNotBeUsedIsRefusedBeforeItRuns() {
        assertThat(CodeRule.load(file("System.exit(1);"), LIMITS))
                .isEqualTo(
                        new Loaded.Refused(
                                List.of(
                                        new RuleProblem(
                                                "Mine.java",
                                                1,
                                                1,
                                                "java.lang.System must not be used here"))));
    }

    @Test
    void aClassThatIsNoRuleIsRefused() {
        RuleFile other = new RuleFile("Mine.java", "public final class Mine {}");
        assertThat(CodeRule.load(other, LIMITS))
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused ->
                                assertThat(refused.problems().getFirst().message())
                                        .contains("does not implement"));
    }

    @Test
    void whatItMakesIsNoLargerThanADatagram() {
        isUnchangedBecause(say("ruling.replace(new byte[65_508]);"), "more than 65507 bytes");
        isUnchangedBecause(say("ruling.patch(0, new byte[65_508]);"), "more than 65507 bytes");
    }
}
