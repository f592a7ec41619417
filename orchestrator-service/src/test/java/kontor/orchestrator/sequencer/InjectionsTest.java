package kontor.orchestrator.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kontor.orchestrator.sequencer.Playbook.Outcome;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;

/** What no game sent is passed on as if one had. */
class InjectionsTest {

    private final StandInAdapter game1 = new StandInAdapter(1, 1, 2);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 2);
    private final RunId injector = new RunId(new UUID(99, 1));
    private final Playbook lab = new Playbook().given(game1.starts(), game2.starts());
    private long sequence;

    private AdapterEvent as(StandInAdapter game, Happening.Injected what) {
        sequence++;
        return new AdapterEvent(
                StandInAdapter.LAB, game.instance(), injector, sequence, 1_000 * sequence, what);
    }

    private AdapterEvent datagram(StandInAdapter from, int to) {
        return as(
                from,
                new Happening.InjectedDatagram(
                        from.own(2350), from.peer(to, 2351), StandInAdapter.payload("boo")));
    }

    private AdapterEvent bytes(StandInAdapter from, FlowReference flow, long offset) {
        return as(
                from, new Happening.InjectedData(flow, offset, StandInAdapter.payload("message")));
    }

    @Test
    void aDatagramComesFromWhomItSeemsToComeFrom() {
        Outcome outcome = lab.when(datagram(game1, 2));

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.INJECTED);
        assertThat(outcome.onlyCommand().instance()).isEqualTo(game2.instance());
        assertThat(outcome.onlyCommand().targetRun()).isEqualTo(game2.run());
        assertThat(outcome.onlyCommand().actions())
                .containsExactly(
                        new Action.SendDatagram(
                                game1.instance(), 2350, 2351, StandInAdapter.payload("boo")));
    }

    @Test
    void itHasItsNumberAmongTheCommandsAndIsKnownWhenItComesAgain() {
        AdapterEvent injected = datagram(game1, 2);
        long first = lab.when(injected).onlyCommand().sequence();
        lab.whenTakenOver();

        assertThat(lab.when(injected).decision().arrival()).isEqualTo(Decision.Arrival.DUPLICATE);
        Outcome sent = lab.when(game1.sends(game1.own(1), game1.peer(2, 1), "own"));
        assertThat(sent.onlyCommand().sequence()).isEqualTo(first + 1);
        // It belongs to the flow that the games have, or would have.
        assertThat(lab.when(game1.sends(game1.own(2350), game1.peer(2, 2351), "x")).last().flow())
                .isEqualTo(
                        new SessionFlow(
                                1,
                                new FlowEnd(game1.instance(), game1.own(2350)),
                                new FlowEnd(game2.instance(), game1.peer(2, 2351)),
                                true,
                                null));
    }

    @Test
    void rulesDoNotActOnIt() {
        lab.whenRulesWanted("- {rule: a, do: drop}");
        assertThat(lab.when(datagram(game1, 2)).onlyCommand().actions())
                .hasOnlyElementsOfType(Action.SendDatagram.class);
    }

    @Test
    void whatCannotBePassedOnIsRefusedWithTheReason() {
        lab.when(datagram(game1, 7)).isUndeliverable("nobody's address");
        lab.given(game2.stops());
        lab.when(datagram(game1, 2)).isUndeliverable("game2 is not running");
        lab.when(datagram(game2, 1)).isUndeliverable("game2 is not running");
    }

    @Test
    void inAStreamItGoesBetweenTwoMessagesAndConfirmsNothing() {
        FlowReference flow = game1.nextFlow();
        lab.given(game1.opens(game1.peer(2, 2300)), game1.writes(flow, "four"));
        lab.whenTakenOver();
        Outcome toTarget = lab.when(bytes(game1, flow, 4));
        Outcome toOpener = lab.when(bytes(game2, flow, 0));

        assertThat(toTarget.last().verdict()).isEqualTo(Verdict.INJECTED);
        assertThat(toTarget.onlyCommand().actions())
                .containsExactly(new Action.Write(flow, StandInAdapter.payload("message"), 0));
        assertThat(toOpener.onlyCommand().instance()).isEqualTo(game1.instance());
        // What the game writes goes on where it was.
        Outcome next =
                lab.when(
                        game1.says(
                                new Happening.FlowData(flow, StandInAdapter.payload("next"), 8)));
        assertThat(next.onlyCommand().actions())
                .containsExactly(new Action.Write(flow, StandInAdapter.payload("next"), 8));
    }

    @Test
    void aStreamThatHasGoneOnOrIsNotThereTakesNothing() {
        FlowReference flow = game1.nextFlow();
        lab.when(bytes(game1, flow, 0)).isUndeliverable("no such flow was opened");
        lab.given(game1.opens(game1.peer(2, 2300)), game1.writes(flow, "four"));
        lab.when(bytes(game1, flow, 0)).isUndeliverable("game1 has written 4 bytes, not 0");
        lab.given(game1.says(new Happening.FlowReset(flow)));
        lab.when(bytes(game1, flow, 4)).isUndeliverable("flow is closed");
    }

    @Test
    void nothingOvertakesWhatWaitsInItsStream() {
        lab.whenRulesWanted("- {rule: a, protocol: tcp, when: frame.len == 4, do: {hold: 1 s}}");
        FlowReference flow = game1.nextFlow();
        lab.given(game1.opens(game1.peer(2, 2300)), game1.writes(flow, "hold"));
        lab.given(game2.says(new Happening.FlowAccepted(flow)));
        lab.whenTakenOver();

        lab.when(bytes(game1, flow, 4)).isUndeliverable("what was written before it waits");
        assertThat(lab.when(bytes(game2, flow, 0)).last().verdict())
                .as("in the other direction nothing waits")
                .isEqualTo(Verdict.INJECTED);
        lab.whenDueAfter(Duration.ofSeconds(1));
        assertThat(lab.when(bytes(game1, flow, 4)).last().verdict()).isEqualTo(Verdict.INJECTED);
    }

    @Test
    void nothingGoesIntoTheMiddleOfAMessageThatARuleWaitsFor() {
        lab.whenRulesWanted("- {rule: a, when: dplay.command == 2, do: drop}");
        FlowReference flow = game1.nextFlow();
        // A header that promises 64 bytes, of which 24 are there.
        Bytes begun = Bytes.ofHex("4000b0fa02000900000000000000000000000000706c6179");
        lab.given(
                game1.opens(game1.peer(2, 2300)),
                game1.says(new Happening.FlowData(flow, Payload.of(begun), begun.length())));

        Outcome outcome = lab.when(bytes(game1, flow, begun.length()));
        outcome.isUndeliverable("a message is under way");
        assertThat(List.of(outcome.commands())).containsExactly(List.of());
    }
}
