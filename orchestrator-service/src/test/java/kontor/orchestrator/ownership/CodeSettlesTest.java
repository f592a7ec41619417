package kontor.orchestrator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kontor.orchestrator.ownership.OwnerInput.Control;
import kontor.orchestrator.reload.PhaseLimits;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.CodeAnswer;
import kontor.orchestrator.sequencer.CodeQuestion;
import kontor.orchestrator.sequencer.CodeSaid;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.StandInAdapter;
import kontor.rules.RuleFile;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

/** Rules in Java are asked beside the relay; what they say is settled as what people decide is. */
final class CodeSettlesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Moment NOW = new Moment(0, 0);
    private static final RuleFile CODE = new RuleFile("Mine.java", "/* rule: mine */ code");
    private static final Bytes HELLO = Bytes.ofHex("68656c6c6f");

    private final PartitionLog log = new PartitionLog();
    private final Outbox out = new Outbox();
    private Relay relay = relay();
    private final StandInAdapter game1 = new StandInAdapter(1, 1, 2);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 2);
    private long offset;

    private Relay relay() {
        Relay fresh =
                new Relay(
                        new OwnerRules(
                                "me",
                                "orchestrator-service",
                                SECOND,
                                8,
                                SECOND,
                                SECOND,
                                100,
                                SECOND,
                                new PhaseLimits(SECOND, SECOND, SECOND, SECOND, SECOND, SECOND)),
                        log,
                        new Tenure(false, SECOND),
                        out,
                        new CheckpointDesk(100, SECOND, 0),
                        0);
        fresh.endKnown(new OwnerInput.InputEndKnown(0, 0));
        return fresh;
    }

    private void packet(AdapterEvent event) {
        relay.captured(
                new OwnerInput.Captured(
                        event, new InputPosition("kontor.packets", 0, offset++), null),
                NOW);
    }

    private void theRuleHolds() {
        packet(game1.starts());
        packet(game2.starts());
        InputPosition position = new InputPosition("kontor.control", 0, 0);
        Input wanted = new Input.RulesWanted(List.of(CODE), "a test", position);
        relay.control(new Control.Asked(StandInAdapter.LAB, wanted, position), NOW);
        assertThat(relay.settle(NOW)).isTrue();
        boolean _ = relay.settled();
    }

    private void datagram() {
        packet(game1.sends(game1.own(2350), game1.peer(2, 2350), "attack"));
    }

    private static List<CodeQuestion> asked(List<OwnerEffect> effects) {
        List<CodeQuestion> questions = new ArrayList<>();
        for (OwnerEffect effect : effects) {
            if (effect instanceof OwnerEffect.AskCode(CodeQuestion question)) {
                questions.add(question);
            }
        }
        return questions;
    }

    private void answered(CodeQuestion question, boolean fails) {
        CodeSaid said =
                new CodeSaid(
                        question.names(),
                        question.version(),
                        fails ? List.of("it fails") : List.of());
        CodeAnswer answer =
                new CodeAnswer(said, HELLO, false, fails ? question.names() : List.of());
        relay.answered(new OwnerInput.CodeAnswered(question.lab(), question.number(), answer));
    }

    private static List<What> written(List<OwnerEffect> effects) {
        List<What> written = new ArrayList<>();
        for (OwnerEffect effect : effects) {
            if (effect instanceof OwnerEffect.Send(Message.Entry(SessionEvent event))) {
                written.add(event.what());
            }
        }
        return written;
    }

    @Test
    void theCodeIsPreparedWhenItsRulesHold() {
        theRuleHolds();
        assertThat(out.take()).contains(new OwnerEffect.PrepareCode(List.of(CODE)));
    }

    @Test
    void anAnswerReleasesWhatItIsAboutAndTheCommandWaitsForTheRecord() {
        theRuleHolds();
        out.take();
        datagram();
        List<CodeQuestion> questions = asked(out.take());
        assertThat(questions).hasSize(1);
        assertThat(relay.settle(NOW)).isFalse();
        assertThat(relay.patience(NOW)).as("an answer may come").isLessThan(SECOND);

        answered(questions.getFirst(), false);

        assertThat(relay.settle(NOW)).isTrue();
        List<OwnerEffect> settled = out.take();
        assertThat(written(settled)).hasOnlyElementsOfType(What.Released.class).hasSize(1);
        assertThat(settled)
                .as("no command yet")
                .noneMatch(effect ->
                        effect instanceof OwnerEffect.Send(Message message)
                                && message instanceof Message.Order);
        assertThat(relay.settled()).isTrue();
        answered(questions.getFirst(), false);
        assertThat(relay.settle(NOW)).as("an answer that comes again").isFalse();
        assertThat(relay.patience(NOW)).isEqualTo(SECOND);
    }

    @Test
    void aSuccessorAsksAgain() {
        theRuleHolds();
        datagram();
        List<CodeQuestion> questions = asked(out.take());

        relay = relay();
        Moment later = new Moment(NOW.nanos(), NOW.wallMicros() + 5_000_000);
        relay.begin(later);

        List<OwnerEffect> first = out.take();
        assertThat(first).contains(new OwnerEffect.PrepareCode(List.of(CODE)));
        assertThat(asked(first)).isEqualTo(questions);
        assertThat(relay.settle(later)).as("the time before it does not count").isFalse();
        answered(questions.getFirst(), false);
        assertThat(relay.settle(later)).isTrue();
    }

    @Test
    void twentyFailuresInARowSuspendARuleAndOneSuccessBetweenDoesNot() {
        theRuleHolds();
        out.take();
        for (int i = 0; i < 2 * CodeDesk.FAILURES - 2; i++) {
            oneFails(i != CodeDesk.FAILURES - 1);
        }
        assertThat(written(settled())).doesNotHaveAnyElementsOfTypes(What.RulesChanged.class);

        oneFails(true);
        oneFails(true);

        assertThat(written(settled()))
                .filteredOn(What.RulesChanged.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        What.RulesChanged.class,
                        changed ->
                                assertThat(changed.suspended())
                                        .containsExactly(
                                                new What.Suspended(
                                                        "mine",
                                                        "failed 20 times in a row, at last: it"
                                                                + " fails")));
        datagram();
        assertThat(asked(out.take())).isEmpty();
    }

    private void oneFails(boolean fails) {
        datagram();
        asked(out.take()).forEach(question -> answered(question, fails));
    }

    private List<OwnerEffect> settled() {
        List<OwnerEffect> all = new ArrayList<>();
        while (relay.settle(NOW)) {
            boolean _ = relay.settled();
            all.addAll(out.take());
        }
        return all;
    }
}
