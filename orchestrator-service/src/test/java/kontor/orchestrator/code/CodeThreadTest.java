package kontor.orchestrator.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import kontor.orchestrator.metrics.SequencerMetrics;
import kontor.orchestrator.ownership.OwnerInput;
import kontor.orchestrator.sequencer.CodeAnswer;
import kontor.orchestrator.sequencer.CodeQuestion;
import kontor.rules.Packet;
import kontor.rules.Packet.Place;
import kontor.rules.Packet.Transport;
import kontor.rules.RuleFile;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CodeThreadTest {

    private static final LabName LAB = new LabName("lab");
    private static final InstanceName GAME2 = new InstanceName("game2");
    private static final Bytes BYTES = Bytes.ofHex("0102");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CodeThread thread = new CodeThread(new SequencerMetrics(registry), 2);
    private final CodeMailbox answers = new CodeMailbox();

    @AfterEach
    void end() {
        thread.close();
    }

    private static RuleFile file(String name, String body) {
        return new RuleFile(
                name + ".java",
                """
                import kontor.packetrules.*;
                public final class %s implements PacketRule {
                    public void on(PacketView packet, Ruling ruling) {
                        %s
                    }
                }
                """
                        .formatted(name, body));
    }

    private static CodeQuestion question(CodeQuestion.Asked... rules) {
        Place nowhere = new Place(Bytes.empty(), 2350);
        return new CodeQuestion(
                LAB,
                7,
                "v1",
                List.of(rules),
                new Packet(
                        "lab",
                        Transport.UDP,
                        new InstanceName("game1"),
                        0,
                        0,
                        nowhere,
                        nowhere,
                        List.of(GAME2)),
                GAME2,
                BYTES);
    }

    private static CodeQuestion.Asked rule(String name, String body) {
        return new CodeQuestion.Asked(name, file(name, body));
    }

    private CodeAnswer answer() {
        AtomicReference<OwnerInput.@Nullable CodeAnswered> got = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    got.set(answers.take());
                    return got.get() != null;
                });
        OwnerInput.CodeAnswered answered = Objects.requireNonNull(got.get());
        assertThat(answered.number()).isEqualTo(7);
        return answered.answer();
    }

    private CodeAnswer answerOf(CodeQuestion.Asked... rules) {
        thread.start();
        thread.ask(question(rules), answers);
        return answer();
    }

    @Test
    void severalRulesActOneAfterTheOther() {
        CodeAnswer answer =
                answerOf(
                        rule("A", "ruling.patch(0, new byte[] {9});"),
                        rule("B", "ruling.patch(1, new byte[] {(byte) packet.u8(0)});"));
        assertThat(answer.bytes()).isEqualTo(Bytes.ofHex("0909"));
        assertThat(answer.said().rules()).containsExactly("A", "B");
        assertThat(answer.said().problems()).isEmpty();
    }

    @Test
    void whatIsDroppedNoFurtherRuleIsAskedAbout() {
        CodeAnswer answer =
                answerOf(rule("A", "ruling.drop();"), rule("B", "throw new RuntimeException();"));
        assertThat(answer.isDropped()).isTrue();
        assertThat(answer.failed()).isEmpty();
    }

    @Test
    void aRuleThatFailsChangesNothingAndIsNamedWithItsLine() {
        CodeAnswer answer =
                answerOf(
                        rule("A", "while (true) { packet.length(); }"),
                        rule("B", "packet.u8(packet.length());"),
                        rule("C", "ruling.patch(0, new byte[] {5});"));
        assertThat(answer.bytes()).isEqualTo(Bytes.ofHex("0502"));
        assertThat(answer.failed()).containsExactly("A", "B");
        assertThat(answer.said().problems())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("A.java: ").contains("endless loop"),
                        second -> assertThat(second).endsWith("(B.java, line 4)"));
    }

    @Test
    void whatDoesNotCompileHereOrIsNotInForcePassesUnchanged() {
        CodeAnswer answer =
                answerOf(rule("A", "ruling.dorp();"), new CodeQuestion.Asked("gone", null));
        assertThat(answer.bytes()).isEqualTo(BYTES);
        assertThat(answer.failed()).isEmpty();
        assertThat(answer.said().problems())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("A.java:4:15: cannot find symbol"),
                        second -> assertThat(second).isEqualTo("gone: is not in force any more"));
    }

    @Test
    void whatIsTooMuchIsAnsweredAtOnceAndCounted() {
        CodeQuestion.Asked drops = rule("A", "ruling.drop();");
        for (int i = 0; i < 2; i++) {
            thread.ask(question(drops), answers);
        }
        assertThat(answers.take()).as("the thread has not begun").isNull();

        thread.ask(question(drops), answers);

        assertThat(answer().said().problems())
                .containsExactly("too many packets wait for rules in Java");
        assertThat(registry.counter("kontor.sequencer.code.refused").count()).isEqualTo(1);
        thread.start();
        assertThat(answer().isDropped()).isTrue();
        assertThat(answer().isDropped()).isTrue();
    }

    @Test
    void aLongReasonIsShortenedAndKeepsItsLine() {
        CodeAnswer answer =
                answerOf(
                        rule(
                                "A",
                                """
                                StringBuilder name = new StringBuilder();
                                for (int i = 0; i < 5_000; i++) {
                                    name.append("x");
                                }
                                throw new IllegalStateException(name.toString());
                                """));
        assertThat(answer.said().problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem).hasSizeLessThan(300).endsWith("(A.java, line 8)");
                    assertThat(problem).startsWith("A.java: IllegalStateException: xxx");
                });
    }
}
