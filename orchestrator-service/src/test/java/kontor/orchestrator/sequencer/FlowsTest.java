package kontor.orchestrator.sequencer;

import static kontor.orchestrator.sequencer.StandInAdapter.name;
import static kontor.orchestrator.sequencer.StandInAdapter.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import kontor.orchestrator.sequencer.Playbook.Outcome;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of TCP flows in docs/ARCHITECTURE.md, row by row, and what does not fit into it. */
final class FlowsTest {

    private final StandInAdapter game1 = new StandInAdapter(1, 1, 3);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 3);
    private final FlowReference flow = game1.nextFlow();
    private final Playbook lab = new Playbook().given(game1.starts(), game2.starts());

    @Test
    void openedFlowIsOpenedAtThePeerWhoseAddressWasCalled() {
        Outcome outcome = lab.when(game1.opens(game1.peer(2, 2300)));

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(outcome.last().flow())
                .isEqualTo(
                        new SessionFlow(
                                1,
                                new FlowEnd(name(1), game1.own(40_000)),
                                new FlowEnd(name(2), game1.peer(2, 2300)),
                                true,
                                flow));
        Command command = outcome.onlyCommand();
        assertThat(command.instance()).isEqualTo(name(2));
        assertThat(command.targetRun()).isEqualTo(game2.run());
        assertThat(command.sequence()).isEqualTo(1);
        assertThat(command.sessionSequence()).isEqualTo(2);
        assertThat(command.capturedAtMicros()).isEqualTo(2_000_000);
        assertThat(command.actions())
                .containsExactly(new Action.OpenFlow(flow, name(1), 40_000, 2300));
    }

    @Test
    void acceptedFlowIsOnlyObserved() {
        open();
        Outcome outcome = lab.when(game2.says(new Happening.FlowAccepted(flow)));

        assertThat(outcome.only().verdict()).isEqualTo(Verdict.OBSERVED);
        assertThat(outcome.only().flow()).matches(f -> f.number() == 1 && !f.fromOpener());
        assertThat(outcome.commands()).isEmpty();
    }

    @Test
    void refusedFlowIsResetAtTheOpenerAndIsOver() {
        open();
        Outcome outcome = lab.when(game2.says(new Happening.FlowRefused(flow)));

        assertThat(outcome.only().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(outcome.onlyCommand().instance()).isEqualTo(name(1));
        assertThat(outcome.onlyCommand().actions()).containsExactly(new Action.ResetFlow(flow));
        lab.when(game1.writes(flow, "late")).isUndeliverable("flow is closed");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eventOfEitherEndIsRelayedToTheOther(
            Function<FlowReference, Happening> happening, Function<FlowReference, Action> action) {
        open();
        Outcome there = lab.when(game1.says(happening.apply(flow)));
        assertThat(there.only().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(there.only().flow()).matches(SessionFlow::fromOpener);
        assertThat(there.onlyCommand().instance()).isEqualTo(name(2));
        assertThat(there.onlyCommand().actions()).containsExactly(action.apply(flow));

        FlowReference second = game1.nextFlow();
        lab.given(game1.opens(game1.peer(2, 2301)));
        Outcome back = lab.when(game2.says(happening.apply(second)));
        assertThat(back.only().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(back.only().flow()).matches(f -> f.number() == 2 && !f.fromOpener());
        assertThat(back.onlyCommand().instance()).isEqualTo(name(1));
        assertThat(back.onlyCommand().actions()).containsExactly(action.apply(second));
    }

    record Row(
            Function<FlowReference, Happening> happening, Function<FlowReference, Action> action) {}

    static Stream<Arguments> rows() {
        return Stream.of(
                        new Row(
                                f -> new Happening.FlowData(f, payload("hello"), 12),
                                f -> new Action.Write(f, payload("hello"), 12)),
                        new Row(Happening.FlowHalfClosed::new, Action.CloseOutput::new),
                        new Row(Happening.FlowReset::new, Action.ResetFlow::new),
                        new Row(Happening.FlowStalled::new, Action.PauseReading::new),
                        new Row(Happening.FlowDrained::new, Action.ResumeReading::new),
                        new Row(
                                f -> new Happening.FlowConfirmed(f, 65_536),
                                f -> new Action.ExtendWindow(f, 65_536)))
                .map(row -> Arguments.of(row.happening(), row.action()));
    }

    @Test
    void flowIsOverWhenBothEndsHaveEndedTheirOutput() {
        open();
        lab.given(game1.says(new Happening.FlowHalfClosed(flow)));
        assertThat(lab.when(game2.writes(flow, "still")).only().verdict())
                .isEqualTo(Verdict.RELAYED);
        lab.when(game1.writes(flow, "after my own end")).isUndeliverable("flow is closed");
        lab.given(game2.says(new Happening.FlowHalfClosed(flow)));

        Outcome late = lab.when(game2.says(new Happening.FlowReset(flow)));
        late.isUndeliverable("flow is closed");
        assertThat(late.only().flow()).matches(f -> f.number() == 1);
    }

    @Test
    void confirmationForAnEndThatReadsNoMoreIsObservedOnly() {
        open();
        lab.given(game1.says(new Happening.FlowHalfClosed(flow)));
        lab.when(game2.says(new Happening.FlowConfirmed(flow, 7))).isObservedOnly();
        assertThat(lab.when(game1.says(new Happening.FlowConfirmed(flow, 7))).only().verdict())
                .isEqualTo(Verdict.RELAYED);
        lab.given(game2.says(new Happening.FlowReset(flow)));
        lab.when(game1.says(new Happening.FlowConfirmed(flow, 8))).isObservedOnly();
        lab.when(game2.says(new Happening.FlowConfirmed(flow, 8))).isObservedOnly();
    }

    @Test
    void flowToAnInstanceThatDoesNotRunIsResetAtItsOpener() {
        undeliverableOpening(game1.peer(3, 2300), "game3 is not running");
    }

    @Test
    void flowToAnAddressOfNobodyIsResetAtItsOpener() {
        undeliverableOpening(game1.peer(9, 2300), "nobody's address");
    }

    @Test
    void flowToTheGamesOwnAddressIsResetAtItsOpener() {
        undeliverableOpening(game1.peer(1, 2300), "the address is the game's own");
    }

    private void undeliverableOpening(Endpoint destination, String detail) {
        Outcome outcome = lab.when(game1.opens(destination));

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.UNDELIVERABLE);
        assertThat(outcome.last().detail()).isEqualTo(detail);
        assertThat(outcome.onlyCommand().instance()).isEqualTo(name(1));
        assertThat(outcome.onlyCommand().actions()).containsExactly(new Action.ResetFlow(flow));
        lab.when(game1.writes(flow, "late")).isUndeliverable("flow is closed");
    }

    @Test
    void laterRunOfAnInstanceResetsTheFlowsOfTheEarlierOneAtTheirOtherEnds() {
        StandInAdapter game3 = new StandInAdapter(3, 1, 3);
        FlowReference fromGame2 = game2.nextFlow();
        FlowReference toGame3 = new FlowReference(game1.run(), 2);
        FlowReference besides = game3.nextFlow();
        lab.given(
                game3.starts(),
                game1.opens(game1.peer(2, 2300)),
                game1.opens(game1.peer(3, 2300)),
                game2.opens(game2.peer(1, 2300)),
                game3.opens(game3.peer(2, 2300)));
        StandInAdapter again = new StandInAdapter(1, 2, 3);

        Outcome outcome = lab.when(again.starts());

        assertThat(outcome.only().verdict()).isEqualTo(Verdict.OBSERVED);
        assertThat(outcome.commands()).hasSize(2);
        assertThat(outcome.commands().getFirst().instance()).isEqualTo(name(2));
        assertThat(outcome.commands().getFirst().actions())
                .containsExactly(new Action.ResetFlow(flow), new Action.ResetFlow(fromGame2));
        assertThat(outcome.commands().getLast().instance()).isEqualTo(name(3));
        assertThat(outcome.commands().getLast().actions())
                .containsExactly(new Action.ResetFlow(toGame3));
        lab.when(game2.writes(flow, "late")).isUndeliverable("flow is closed");
        assertThat(lab.when(game3.writes(besides, "x")).only().verdict())
                .isEqualTo(Verdict.RELAYED);
        // What the earlier run still had to say is recorded, and goes nowhere.
        lab.when(game1.sends(game1.own(5), game1.peer(2, 5), "x"))
                .isUndeliverable("the run has ended");
        // The new run is told from 1 on.
        FlowReference fresh = game2.nextFlow();
        Outcome opened = lab.when(game2.opens(game2.peer(1, 2300)));
        assertThat(opened.onlyCommand().targetRun()).isEqualTo(again.run());
        assertThat(opened.onlyCommand().sequence()).isEqualTo(1);
        assertThat(lab.when(again.writes(fresh, "y")).only().verdict()).isEqualTo(Verdict.RELAYED);
    }

    @Test
    void runThatStopsResetsItsFlowsAndIsNotRunningAnyMore() {
        open();
        Outcome outcome = lab.when(game2.stops());

        assertThat(outcome.only().verdict()).isEqualTo(Verdict.OBSERVED);
        assertThat(outcome.onlyCommand().actions()).containsExactly(new Action.ResetFlow(flow));
        lab.when(game1.sends(game1.own(5), game1.peer(2, 5), "x"))
                .isUndeliverable("game2 is not running");
    }

    @Test
    void commandSequencesOfARunHaveNoGaps() {
        open();
        for (int i = 2; i < 10; i++) {
            assertThat(lab.when(game1.writes(flow, "x")).onlyCommand().sequence()).isEqualTo(i);
        }
        assertThat(lab.when(game2.writes(flow, "y")).onlyCommand().sequence()).isEqualTo(1);
    }

    @Test
    void whatCannotBeUnderstoodIsRecordedAndPassedToNobody() {
        open();
        Payload broken = new Payload(payload("x").bytes(), 42);
        lab.when(game1.says(new Happening.FlowData(flow, broken, 1)))
                .isUndeliverable("payload checksum");
        lab.when(game1.says(new Happening.Malformed("nothing happened")))
                .isUndeliverable("nothing happened");
        lab.when(game1.writes(new FlowReference(game1.run(), 77), "x"))
                .isUndeliverable("no such flow was opened");
        lab.when(game2.says(new Happening.FlowOpened(flow, game2.own(1), game2.peer(1, 1))))
                .isUndeliverable("the flow reference is that of another run");
        lab.when(game1.says(new Happening.FlowOpened(flow, game1.own(1), game1.peer(2, 1))))
                .isUndeliverable("the flow was opened before");
        lab.when(game1.says(new Happening.FlowAccepted(flow)))
                .isUndeliverable("only the target can accept");
        lab.when(game1.says(new Happening.FlowRefused(flow)))
                .isUndeliverable("only the target can refuse");
        StandInAdapter game3 = new StandInAdapter(3, 1, 3);
        lab.when(game3.writes(flow, "x"))
                .isUndeliverable("the run is unknown: its run_started never came");
        lab.given(new StandInAdapter(3, 2, 3).starts());
        lab.when(
                        new AdapterEvent(
                                StandInAdapter.LAB,
                                name(2),
                                game1.run(),
                                1_000,
                                0,
                                new Happening.FlowReset(flow)))
                .isUndeliverable("the run is that of game1");
        lab.when(
                        new AdapterEvent(
                                StandInAdapter.LAB,
                                name(1),
                                new RunId(new UUID(9, 9)),
                                1,
                                0,
                                new Happening.RunStopped()))
                .isObservedOnly();
    }

    @Test
    void openingAndTwoEndsAreDistinctFlowsInTheirOrderOfAppearance() {
        List<Integer> numbers =
                Stream.of(
                                game1.opens(game1.peer(2, 1)),
                                game2.opens(game2.peer(1, 1)),
                                game1.opens(game1.peer(3, 1)))
                        .map(event -> lab.when(event).last().flow())
                        .map(f -> f == null ? 0 : f.number())
                        .toList();
        assertThat(numbers).containsExactly(1, 2, 3);
    }

    private void open() {
        lab.given(game1.opens(game1.peer(2, 2300)));
    }
}
