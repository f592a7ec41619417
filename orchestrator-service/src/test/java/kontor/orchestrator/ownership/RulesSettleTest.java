package kontor.orchestrator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kontor.orchestrator.ownership.OwnerInput.Control;
import kontor.orchestrator.reload.PhaseLimits;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.StandInAdapter;
import kontor.rules.RuleFile;
import kontor.vocabulary.SessionId;
import org.junit.jupiter.api.Test;

/** From where rules hold, after a takeover. */
final class RulesSettleTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Moment NOW = new Moment(0, 0);
    private static final int REISSUED = 8;

    private final Outbox out = new Outbox();
    private final Relay relay =
            new Relay(
                    new OwnerRules(
                            "me",
                            "orchestrator-service",
                            SECOND,
                            REISSUED,
                            SECOND,
                            SECOND,
                            100,
                            SECOND,
                            new PhaseLimits(SECOND, SECOND, SECOND, SECOND, SECOND, SECOND)),
                    new PartitionLog(),
                    new Tenure(false, SECOND),
                    out,
                    new CheckpointDesk(100, SECOND, 0),
                    0);
    private final StandInAdapter game1 = new StandInAdapter(1, 1, 2);

    private void rulesAreWanted(String text, long offset) {
        InputPosition position = new InputPosition("kontor.control", 0, offset);
        List<RuleFile> files = List.of(new RuleFile("a.yaml", text));
        asked(new Input.RulesWanted(files, "a test", position), position);
    }

    private void asked(Input input, InputPosition position) {
        relay.control(new Control.Asked(StandInAdapter.LAB, input, position), NOW);
    }

    private void packet(AdapterEvent event, long offset) {
        relay.captured(
                new OwnerInput.Captured(
                        event, new InputPosition("kontor.packets", 0, offset), null),
                NOW);
    }

    private List<What> written() {
        List<What> written = new ArrayList<>();
        for (OwnerEffect effect : out.take()) {
            if (effect instanceof OwnerEffect.Send(Message.Entry(SessionEvent event))) {
                written.add(event.what());
            }
        }
        return written;
    }

    @Test
    void rulesWaitUntilEveryPacketIsDecidedThatAPredecessorMayHaveDecided() {
        rulesAreWanted("- {rule: a, do: drop}", 0);
        assertThat(relay.settle(NOW)).isFalse();
        assertThat(relay.wantsInputEnd(false, NOW)).isTrue();

        relay.endKnown(new OwnerInput.InputEndKnown(2, 0));
        assertThat(relay.settle(NOW)).isFalse();
        packet(game1.starts(), 0);
        assertThat(relay.settle(NOW)).isFalse();
        assertThat(written()).hasSize(1);
        packet(game1.stops(), 1);

        assertThat(relay.settle(NOW)).isTrue();
        assertThat(written()).last().isInstanceOf(What.RulesChanged.class);
    }

    @Test
    void rulesHoldAtOnceWhereNothingIsLeftToBeRead() {
        rulesAreWanted("- {rule: a, do: drop}", 0);
        relay.endKnown(new OwnerInput.InputEndKnown(7, 7));

        assertThat(relay.settle(NOW)).isTrue();
        rulesAreWanted("- {rule: b, do: drop}", 1);
        assertThat(relay.wantsInputEnd(true, NOW)).isFalse();
        assertThat(relay.settle(NOW)).isTrue();
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAskedAgain() {
        rulesAreWanted("- {rule: a, do: drop}", 0);
        relay.endKnown(new OwnerInput.InputEndKnown(-1, 0));

        assertThat(relay.settle(NOW)).isFalse();
        assertThat(relay.wantsInputEnd(false, NOW)).isTrue();
    }

    @Test
    void whatIsAskedBehindRulesThatWaitWaitsToo() {
        rulesAreWanted("- {rule: a, do: drop}", 0);
        SessionId session = new SessionId(new java.util.UUID(1, 2));
        InputPosition position = new InputPosition("kontor.control", 0, 1);
        asked(new Input.SessionWanted(session, position), position);
        assertThat(written()).isEmpty();

        relay.endKnown(new OwnerInput.InputEndKnown(0, 0));
        assertThat(relay.settle(NOW)).isTrue();
        assertThat(written())
                .hasExactlyElementsOfTypes(What.RulesChanged.class, What.Started.class);
    }

    @Test
    void noCommandOfWhatIsReleasedGoesOutBeforeItsRecordIsSafe() {
        StandInAdapter game2 = new StandInAdapter(2, 1, 2);
        packet(game1.starts(), 0);
        packet(game2.starts(), 1);
        rulesAreWanted("- {rule: far, protocol: udp, do: {delay: 5 ms}}", 0);
        relay.endKnown(new OwnerInput.InputEndKnown(2, 2));
        assertThat(relay.settle(NOW)).isTrue();
        boolean _ = relay.settled();
        packet(game1.sends(game1.own(2350), game1.peer(2, 2350), "x"), 2);
        out.take();
        Moment later = new Moment(NOW.nanos(), NOW.wallMicros() + 6_000);
        assertThat(relay.patience(NOW)).isEqualTo(Duration.ofMillis(5));

        assertThat(relay.settle(NOW)).isFalse();
        assertThat(relay.settle(later)).isTrue();
        assertThat(written()).hasOnlyElementsOfType(What.Released.class).hasSize(1);

        assertThat(relay.settled()).isTrue();
        assertThat(out.take())
                .singleElement()
                .isInstanceOfSatisfying(
                        OwnerEffect.Send.class,
                        send -> assertThat(send.message()).isInstanceOf(Message.Order.class));
    }

    @Test
    void noMoreIsReleasedAtOnceThanASuccessorSendsAgain() {
        StandInAdapter game2 = new StandInAdapter(2, 1, 2);
        packet(game1.starts(), 0);
        packet(game2.starts(), 1);
        rulesAreWanted("- {rule: far, protocol: udp, do: {delay: 5 ms}}", 0);
        relay.endKnown(new OwnerInput.InputEndKnown(2, 2));
        assertThat(relay.settle(NOW)).isTrue();
        assertThat(relay.settled()).as("other rules have no commands").isFalse();
        for (int i = 0; i < 3 * REISSUED; i++) {
            packet(game1.sends(game1.own(2350), game1.peer(2, 2350), "x" + i), 2 + i);
        }
        out.take();
        Moment later = new Moment(NOW.nanos(), NOW.wallMicros() + 6_000);

        int released = 0;
        while (relay.settle(later)) {
            List<What> records = written();
            assertThat(records).hasSizeLessThanOrEqualTo(REISSUED);
            assertThat(relay.settled()).as("its commands are awaited").isTrue();
            assertThat(out.take()).hasSameSizeAs(records);
            released += records.size();
        }
        assertThat(released).isEqualTo(3 * REISSUED);
    }

    @Test
    void requestsAreSettledInPartsToo() {
        for (int i = 0; i < 2 * REISSUED; i++) {
            rulesAreWanted("- {rule: r%d, do: drop}".formatted(i), i);
        }
        relay.endKnown(new OwnerInput.InputEndKnown(0, 0));

        assertThat(relay.settle(NOW)).isTrue();
        assertThat(written()).hasSizeLessThanOrEqualTo(REISSUED);
        assertThat(relay.patience(NOW)).as("more is to be settled").isLessThan(SECOND);
    }

    @Test
    void wrongRulesAreRefusedAndSaidAndNothingIsAwaited() {
        rulesAreWanted("- {rule: a, do: explode}", 0);
        relay.endKnown(new OwnerInput.InputEndKnown(0, 0));

        assertThat(relay.settle(NOW)).isFalse();
        assertThat(out.take())
                .anySatisfy(effect ->
                        assertThat(effect)
                                .isInstanceOfSatisfying(
                                        OwnerEffect.Publish.class,
                                        told ->
                                                assertThat(told.news())
                                                        .isInstanceOf(
                                                                OwnerEffect.News.RulesRefused
                                                                        .class)));
    }
}
