package kontor.orchestrator.sequencer;

import static kontor.orchestrator.sequencer.StandInAdapter.name;
import static kontor.orchestrator.sequencer.StandInAdapter.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.orchestrator.sequencer.Playbook.Outcome;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.rules.Outcome.Hit;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.junit.jupiter.api.Test;

/** Rules on the way of a packet. */
final class InterceptionTest {

    /** PING of DirectPlay with its header, 36 bytes. */
    private static final Bytes PING =
            Bytes.ofHex(
                    "2400b0fa020008fc000000000000000000000000706c6179"
                            + "16000e000100000002000000");

    private final StandInAdapter game1 = new StandInAdapter(1, 1, 3);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 3);
    private final StandInAdapter game3 = new StandInAdapter(3, 1, 3);
    private final Playbook lab =
            new Playbook().given(game1.starts(), game2.starts(), game3.starts());

    private Outcome broadcast(String text) {
        Endpoint all = new Endpoint(game1.broadcast(), 47624);
        return lab.when(game1.sends(game1.own(2300), all, text));
    }

    private Outcome datagram(String text) {
        return lab.when(game1.sends(game1.own(2350), game1.peer(2, 2350), text));
    }

    private FlowReference flow() {
        FlowReference flow = game1.nextFlow();
        lab.given(game1.opens(game1.peer(2, 2300)));
        return flow;
    }

    private Outcome writes(FlowReference flow, Bytes bytes, long end) {
        return lab.when(game1.says(new Happening.FlowData(flow, Payload.of(bytes), end)));
    }

    private static Action.SendDatagram sent(String text) {
        return new Action.SendDatagram(name(1), 2350, 2350, payload(text));
    }

    @Test
    void rulesHoldFromTheirRecordOnAndStandInItWithTheirVersion() {
        assertThat(datagram("x").last().verdict()).isEqualTo(Verdict.RELAYED);

        Outcome set = lab.whenRulesWanted("- {rule: none shall pass, do: drop}");

        What.RulesChanged changed = (What.RulesChanged) set.only().what();
        assertThat(changed.version()).hasSize(12);
        assertThat(changed.files()).hasSize(1);
        Outcome dropped = datagram("x");
        assertThat(dropped.last().verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(dropped.last().detail()).isEqualTo("none shall pass");
        assertThat(dropped.commands()).isEmpty();
        assertThat(dropped.last().rules().version()).isEqualTo(changed.version());
        assertThat(dropped.last().rules().hits())
                .containsExactly(new Hit("none shall pass", false));
    }

    @Test
    void theSameRulesAgainAndWrongOnesChangeNothing() {
        lab.whenRulesWanted("- {rule: a, do: drop}");

        assertThat(lab.whenRulesWanted("- {rule: a, do: drop}").decision().events()).isEmpty();
        assertThat(lab.whenRulesWanted("- {rule: a}").decision().events()).isEmpty();
        assertThat(datagram("x").last().verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(lab.whenRulesWanted("").decision().events()).hasSize(1);
        assertThat(datagram("x").last().verdict()).isEqualTo(Verdict.RELAYED);
    }

    @Test
    void aMutatedDatagramKeepsBothVersionsAndItsCommandHasTheNewOne() {
        lab.whenRulesWanted("- {rule: a, do: {replace: 68656c6c6f}}");

        Outcome outcome = datagram("attack");

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.MUTATED);
        assertThat(outcome.onlyCommand().actions()).containsExactly(sent("hello"));
        assertThat(outcome.last().what())
                .isInstanceOfSatisfying(
                        What.Adapter.class,
                        told ->
                                assertThat(((Happening.Datagram) told.event().what()).payload())
                                        .isEqualTo(payload("attack")));
    }

    @Test
    void oneRecipientGetsSomethingElseAndTheOtherTheOriginal() {
        lab.whenRulesWanted("- {rule: a, to: game2, do: {replace: 68656c6c6f}}");

        Outcome outcome = broadcast("attack");

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.MUTATED);
        assertThat(outcome.commands())
                .extracting(command -> ((Action.SendDatagram) command.actions().getFirst()))
                .extracting(Action.SendDatagram::payload)
                .containsExactly(payload("hello"), payload("attack"));
    }

    @Test
    void oneIsLeftOutAndOneGetsItTwice() {
        lab.whenRulesWanted(
                "- {rule: a, to: game2, do: drop}\n- {rule: b, to: game3, do: {duplicate: 2}}");

        Outcome outcome = broadcast("x");

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.MUTATED);
        assertThat(outcome.onlyCommand().instance()).isEqualTo(name(3));
        assertThat(outcome.onlyCommand().actions()).hasSize(2);
    }

    @Test
    void aDryRunIsRecordedAndRelaysWhatCame() {
        lab.whenRulesWanted("- {rule: a, dry-run: true, do: drop}");

        Outcome outcome = datagram("x");

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(outcome.onlyCommand().actions()).containsExactly(sent("x"));
        assertThat(outcome.last().rules().hits()).containsExactly(new Hit("a", true));
    }

    @Test
    void aLimitIsCountedInTheStateAndSurvivesATakeover() {
        lab.whenRulesWanted("- {rule: a, limit: 2, do: drop}");

        assertThat(datagram("1").last().verdict()).isEqualTo(Verdict.DROPPED);
        lab.whenTakenOver();
        assertThat(datagram("2").last().verdict()).isEqualTo(Verdict.DROPPED);
        lab.whenTakenOver();
        assertThat(datagram("3").last().verdict()).isEqualTo(Verdict.RELAYED);
    }

    @Test
    void countsGoOnOfRulesThatWereNotChangedAndBeginAgainOfOthers() {
        lab.whenRulesWanted("- {rule: a, limit: 1, do: drop}");
        datagram("1");
        lab.whenRulesWanted("- {rule: a, limit: 1, do: drop}\n- {rule: b, to: game3, do: drop}");
        assertThat(datagram("2").last().verdict()).isEqualTo(Verdict.RELAYED);
        lab.whenRulesWanted("- {rule: a, limit: 2, do: drop}");
        assertThat(datagram("3").last().verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(datagram("4").last().verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(datagram("5").last().verdict()).isEqualTo(Verdict.RELAYED);
    }

    @Test
    void halfAMessageSurvivesATakeoverAndGoesOutWithItsOtherHalf() {
        lab.whenRulesWanted("- {rule: a, when: dplay.command == 0x16, do: {patch: 28, bytes: 07}}");
        FlowReference flow = flow();

        Outcome half = writes(flow, PING.plus(PING.slice(0, 7)), 43);
        lab.whenTakenOver();
        Outcome rest = writes(flow, PING.from(7), 72);

        Bytes patched = PING.slice(0, 28).plus(Bytes.ofHex("07")).plus(PING.from(29));
        assertThat(half.last().verdict()).isEqualTo(Verdict.MUTATED);
        assertThat(half.last().rules().heldBack()).isEqualTo(7);
        assertThat(half.onlyCommand().actions())
                .containsExactly(new Action.Write(flow, Payload.of(patched), 43));
        assertThat(rest.onlyCommand().actions())
                .containsExactly(new Action.Write(flow, Payload.of(patched), 72));
    }

    @Test
    void halfAMessageWithoutItsOtherHalfGoesOutBeforeTheEnd() {
        lab.whenRulesWanted("- {rule: a, when: dplay.command == 0x16, do: drop}");
        FlowReference flow = flow();
        Outcome half = writes(flow, PING.slice(0, 7), 7);
        lab.whenTakenOver();

        Outcome end = lab.when(game1.says(new Happening.FlowHalfClosed(flow)));

        assertThat(half.last().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(half.onlyCommand().actions())
                .containsExactly(new Action.Write(flow, Payload.of(Bytes.empty()), 7));
        assertThat(end.onlyCommand().actions())
                .containsExactly(
                        new Action.Write(flow, Payload.of(PING.slice(0, 7)), 0),
                        new Action.CloseOutput(flow));
    }

    @Test
    void whatIsHeldBackGoesOutWithTheNextBytesWhenTheRuleIsGone() {
        lab.whenRulesWanted("- {rule: a, when: dplay.command == 0x16, do: drop}");
        FlowReference flow = flow();
        writes(flow, PING.slice(0, 7), 7);
        lab.whenRulesWanted("");

        Outcome outcome = writes(flow, PING.slice(7, 3), 10);

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(outcome.onlyCommand().actions())
                .containsExactly(new Action.Write(flow, Payload.of(PING.slice(0, 10)), 10));
        assertThat(writes(flow, PING.slice(10, 3), 13).last().deliveries().getFirst().altered())
                .isNull();
    }

    @Test
    void aMessageThatIsTakenOutStillConfirmsHowFarTheStreamHasCome() {
        lab.whenRulesWanted("- {rule: a, when: dplay.command == 0x16, do: drop}");
        FlowReference flow = flow();

        Outcome outcome = writes(flow, PING, 36);

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(outcome.onlyCommand().actions())
                .containsExactly(new Action.Write(flow, Payload.of(Bytes.empty()), 36));
    }

    @Test
    void importsAreNotIntercepted() {
        lab.whenRulesWanted("- {rule: a, do: drop}");
        AdapterEvent said = game1.sends(game1.own(1), game1.peer(2, 1), "x");

        Outcome outcome =
                lab.when(
                        new AdapterEvent(
                                said.lab(),
                                said.instance(),
                                said.run(),
                                said.sequence(),
                                said.capturedAtMicros(),
                                said.what(),
                                true));

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.OBSERVED);
        assertThat(outcome.last().rules()).isEqualTo(RuleTrace.NONE);
    }

    @Test
    void rulesOfOtherLabsDoNotCountHere() {
        lab.whenRulesWanted("- {rule: a, lab: other, do: drop}");

        assertThat(datagram("x").last().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(List.of(datagram("y").last().rules())).containsExactly(RuleTrace.NONE);
    }
}
