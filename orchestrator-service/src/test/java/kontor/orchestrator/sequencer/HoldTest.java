package kontor.orchestrator.sequencer;

import static java.util.Objects.requireNonNull;
import static kontor.orchestrator.sequencer.StandInAdapter.name;
import static kontor.orchestrator.sequencer.StandInAdapter.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kontor.orchestrator.sequencer.Happening.FreezeAnswered.Standing;
import kontor.orchestrator.sequencer.Playbook.Outcome;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.rules.Overflow;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

/** Datagrams that wait: for a person, or for their time. */
final class HoldTest {

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final StandInAdapter game1 = new StandInAdapter(1, 1, 3);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 3);
    private final StandInAdapter game3 = new StandInAdapter(3, 1, 3);
    private final Playbook lab =
            new Playbook().given(game1.starts(), game2.starts(), game3.starts());

    private Outcome datagram(int to, String text) {
        return lab.when(game1.sends(game1.own(2350), game1.peer(to, 2350), text));
    }

    private static Action.SendDatagram sent(String text) {
        return new Action.SendDatagram(name(1), 2350, 2350, payload(text));
    }

    private static void goesOn(Outcome outcome, long number, Action... actions) {
        assertThat(outcome.only().what())
                .isInstanceOfSatisfying(
                        What.Released.class,
                        released -> assertThat(released.number()).isEqualTo(number));
        assertThat(outcome.onlyCommand().actions()).containsExactly(actions);
    }

    private void nothingIsDue() {
        assertThat(lab.whenDueAfter(Duration.ZERO).decision().events()).isEmpty();
    }

    @Test
    void whatIsDelayedIsHeldAndLeavesWhenItsTimeHasCome() {
        lab.whenRulesWanted("- {rule: far, protocol: udp, do: {delay: 50 ms}}");

        Outcome held = datagram(2, "x");

        assertThat(held.last().verdict()).isEqualTo(Verdict.HELD);
        assertThat(held.last().detail()).isEqualTo("far");
        assertThat(held.commands()).isEmpty();
        assertThat(lab.whenDueAfter(Duration.ofMillis(49)).decision().events()).isEmpty();
        lab.whenTakenOver();
        Outcome released = lab.whenDueAfter(MILLISECOND);
        goesOn(released, 1, sent("x"));
        assertThat(released.only().verdict()).isEqualTo(Verdict.RELAYED);
        nothingIsDue();
    }

    @Test
    void whatIsBehindOneThatWaitsWaitsTooAndOthersDoNot() {
        lab.whenRulesWanted("- {rule: stop, protocol: udp, when: frame.len == 4, do: {hold: 1 s}}");

        assertThat(datagram(2, "hold").last().verdict()).isEqualTo(Verdict.HELD);
        assertThat(datagram(2, "behind").last().verdict()).isEqualTo(Verdict.HELD);
        assertThat(datagram(3, "other").last().verdict()).isEqualTo(Verdict.RELAYED);

        nothingIsDue();
        goesOn(lab.whenDueAfter(Duration.ofSeconds(1)), 1, sent("hold"));
        goesOn(lab.whenDueAfter(Duration.ZERO), 2, sent("behind"));
        nothingIsDue();
        assertThat(datagram(2, "after").last().verdict()).isEqualTo(Verdict.RELAYED);
    }

    @Test
    void whatPeopleReleaseGoesOnEditedAndBothVersionsAreRecorded() {
        lab.whenRulesWanted("- {rule: stop, protocol: udp, do: {hold: 1 min}}");
        datagram(2, "attack");
        lab.whenTakenOver();

        Outcome released = lab.whenDecided(1, false, false, Bytes.ofHex("68656c6c6f"));

        assertThat(released.only().verdict()).isEqualTo(Verdict.MUTATED);
        goesOn(released, 1, sent("hello"));
        assertThat(lab.whenDecided(1, false, false, null).decision().events()).isEmpty();
    }

    @Test
    void whatPeopleDropIsToldToNobodyAndWhatIsBehindItGoesOn() {
        lab.whenRulesWanted(
                "- {rule: stop, protocol: udp, when: frame.len == 4, do: {hold: 1 min}}");
        datagram(2, "hold");
        datagram(2, "behind");

        assertThat(lab.whenDecided(2, false, false, null).decision().events())
                .as("nothing overtakes")
                .isEmpty();
        Outcome dropped = lab.whenDecided(1, true, false, null);

        assertThat(dropped.only().verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(dropped.commands()).isEmpty();
        goesOn(lab.whenDueAfter(Duration.ZERO), 2, sent("behind"));
    }

    @Test
    void aStepReleasesOneAndHoldsTheNextThatWaitsOrComes() {
        lab.whenRulesWanted(
                "- {rule: stop, protocol: udp, when: frame.len == 4, do: {hold: 1 min}}");
        datagram(2, "hold");
        datagram(2, "second");

        goesOn(lab.whenDecided(1, false, true, null), 1, sent("hold"));
        nothingIsDue();
        goesOn(lab.whenDecided(2, false, true, null), 2, sent("second"));
        lab.whenTakenOver();
        Outcome third = datagram(2, "third");
        assertThat(third.last().verdict()).isEqualTo(Verdict.HELD);
        assertThat(third.last().rules().waits())
                .extracting(Waiting::reason)
                .containsExactly(Waiting.Reason.PERSON);
        goesOn(lab.whenDecided(3, false, false, null), 3, sent("third"));
        assertThat(datagram(2, "fourth").last().verdict()).isEqualTo(Verdict.RELAYED);
    }

    @Test
    void jitterKeepsTheOrderAndAShareOvertakes() {
        lab.whenRulesWanted(
                "- {rule: a, protocol: udp, do: {impair: {delay: 20 ms, jitter: 20 ms, seed: 5}}}");
        for (int i = 0; i < 20; i++) {
            assertThat(datagram(2, "n" + i).last().verdict()).isEqualTo(Verdict.HELD);
        }
        lab.whenRulesWanted(
                "- {rule: a, protocol: udp, do: {impair: {delay: 1 ms, reorder: 100 %}}}");
        assertThat(datagram(2, "first").onlyCommand().actions()).containsExactly(sent("first"));
        for (int i = 0; i < 20; i++) {
            goesOn(lab.whenDueAfter(Duration.ofMillis(40)), i + 1, sent("n" + i));
        }
    }

    @Test
    void aWayOfLimitedRatePassesOneBehindTheOtherAndLosesWhatFindsItsQueueFull() {
        lab.whenRulesWanted(
                "- {rule: modem, protocol: udp, do: {impair: {rate: 1 kB/s, queue: 15 ms}}}");

        List<Verdict> verdicts =
                java.util.stream.IntStream.range(0, 4)
                        .mapToObj(
                                i -> lab.when(at(5_000, fromGame1("0123456789"))).last().verdict())
                        .toList();

        assertThat(verdicts)
                .containsExactly(Verdict.HELD, Verdict.HELD, Verdict.DROPPED, Verdict.DROPPED);
        assertThat(lab.whenDueAfter(Duration.ofMillis(9)).decision().events()).isEmpty();
        goesOn(lab.whenDueAfter(MILLISECOND), 1, sent("0123456789"));
        nothingIsDue();
        lab.whenTakenOver();
        goesOn(lab.whenDueAfter(Duration.ofMillis(10)), 2, sent("0123456789"));
        assertThat(datagram(2, "x").last().verdict()).isEqualTo(Verdict.HELD);
    }

    private AdapterEvent fromGame1(String text) {
        return game1.sends(game1.own(2350), game1.peer(2, 2350), text);
    }

    private static AdapterEvent at(long micros, AdapterEvent event) {
        return new AdapterEvent(
                event.lab(), event.instance(), event.run(), event.sequence(), micros, event.what());
    }

    @Test
    void whatARateLosesDoesNotDependOnWhenItIsDecided() {
        lab.whenRulesWanted(
                "- {rule: modem, protocol: udp, do: {impair: {rate: 1 kB/s, queue: 15 ms}}}");
        lab.when(at(5_000, fromGame1("0123456789")));
        lab.when(at(5_000, fromGame1("0123456789")));

        lab.whenDueAfter(Duration.ofSeconds(1));

        SessionEvent late = lab.when(at(5_000, fromGame1("0123456789"))).last();
        assertThat(late.verdict())
                .as("an owner that decides it again, a second later")
                .isEqualTo(Verdict.DROPPED);
        assertThat(late.detail()).isEqualTo("modem (modem: the queue of the rate is full)");
        assertThat(Overflow.isSaidIn(late.detail())).isTrue();
        assertThat(lab.when(at(30_000, fromGame1("0123456789"))).last().verdict())
                .isEqualTo(Verdict.HELD);
    }

    @Test
    void whatFindsTooMuchWaitingIsLostAndTheRecordSaysThatNoRuleDidIt() {
        lab.whenRulesWanted("- {rule: far, protocol: udp, do: {delay: 50 ms}}");
        for (int i = 0; i < HeldState.MOST; i++) {
            assertThat(datagram(2, "x").last().verdict()).isEqualTo(Verdict.HELD);
        }

        SessionEvent lost = datagram(2, "one more").last();

        assertThat(lost.verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(lost.deliveries()).isEmpty();
        assertThat(lost.detail()).isEqualTo("far (4096 wait already)");
        assertThat(Overflow.isSaidIn(lost.detail())).isTrue();
        goesOn(lab.whenDueAfter(Duration.ofMillis(50)), 1, sent("x"));
        assertThat(datagram(2, "there is room").last().verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void whatWaitsForOneThatIsGoneIsUndeliverable() {
        lab.whenRulesWanted("- {rule: far, protocol: udp, do: {delay: 50 ms}}");
        datagram(2, "x");
        lab.given(game2.stops());

        Outcome late = lab.whenDueAfter(Duration.ofMillis(50));

        late.isUndeliverable("game2 is not running");
    }

    @Test
    void whileAGameIsFrozenWhatWaitsForAPersonWaits() {
        lab.whenRulesWanted("- {rule: stop, protocol: udp, do: {hold: 4 s}}");
        datagram(2, "x");
        assertThat(lab.whenDueAfter(Duration.ofSeconds(1)).decision().events()).isEmpty();
        lab.given(game3.says(new Happening.FreezeAnswered(Standing.FROZEN)));
        lab.whenTakenOver();

        assertThat(lab.whenDueAfter(Duration.ofMinutes(1)).decision().events()).isEmpty();
        lab.given(game3.says(new Happening.FreezeAnswered(Standing.GOES_ON)));
        assertThat(lab.whenDueAfter(Duration.ofMillis(2_999)).decision().events()).isEmpty();
        goesOn(lab.whenDueAfter(MILLISECOND), 1, sent("x"));
    }

    @Test
    void aHoldWithFreezeWantsTheGamesToStandStillUntilItIsReleased() {
        lab.whenRulesWanted(
                "- {rule: stop, protocol: udp, when: frame.len == 4,"
                        + " do: {hold: 4 s, freeze: 1 min}}");
        datagram(2, "free");
        UUID first = requireNonNull(lab.state().freeze()).id();
        datagram(3, "also");
        lab.whenTakenOver();
        assertThat(lab.state().freeze()).extracting(Held.Freeze::id).isEqualTo(first);

        lab.whenDecided(1, false, false, null);
        UUID second = requireNonNull(lab.state().freeze()).id();
        assertThat(second).isNotEqualTo(first);
        lab.whenDecided(2, true, false, null);
        lab.whenTakenOver();

        assertThat(lab.state().freeze()).isNull();
        assertThat(lab.state().thawed()).isEqualTo(second);
    }

    @Test
    void rulesThatGoReleaseNothingEarly() {
        lab.whenRulesWanted("- {rule: far, protocol: udp, do: {delay: 50 ms}}");
        datagram(2, "x");
        lab.whenRulesWanted("");

        assertThat(datagram(2, "y").last().verdict()).isEqualTo(Verdict.HELD);
        nothingIsDue();
        goesOn(lab.whenDueAfter(Duration.ofMillis(50)), 1, sent("x"));
        goesOn(lab.whenDueAfter(Duration.ZERO), 2, sent("y"));
    }
}
