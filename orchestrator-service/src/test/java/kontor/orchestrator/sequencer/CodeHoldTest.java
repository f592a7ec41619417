package kontor.orchestrator.sequencer;

import static kontor.orchestrator.sequencer.StandInAdapter.name;
import static kontor.orchestrator.sequencer.StandInAdapter.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kontor.orchestrator.sequencer.Playbook.Outcome;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.rules.RuleFile;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Packets that rules in Java concern: what those say is how they go on. */
final class CodeHoldTest {

    private static final RuleFile CODE =
            new RuleFile("Mine.java", "/* rule: mine\n   from: game1 */ no Java at all");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final StandInAdapter game1 = new StandInAdapter(1, 1, 3);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 3);
    private final Playbook lab = new Playbook().given(game1.starts(), game2.starts());
    private String version = "";

    private void rules(RuleFile... files) {
        Outcome changed = lab.whenRulesWanted(List.of(files));
        version = ((What.RulesChanged) changed.only().what()).version();
    }

    private Outcome datagram(String text) {
        return lab.when(game1.sends(game1.own(2350), game1.peer(2, 2350), text));
    }

    private static Action.SendDatagram sent(String text) {
        return new Action.SendDatagram(name(1), 2350, 2350, payload(text));
    }

    private CodeAnswer says(String text, String... problems) {
        return new CodeAnswer(
                new CodeSaid(List.of("mine"), version, List.of(problems)),
                payload(text).bytes(),
                false,
                List.of());
    }

    private CodeAnswer drops() {
        return new CodeAnswer(
                new CodeSaid(List.of("mine"), version, List.of()), Bytes.empty(), true, List.of());
    }

    private static @Nullable CodeSaid said(Outcome outcome) {
        return ((What.Released) outcome.only().what()).code();
    }

    private List<CodeQuestion> questions() {
        return CodeQuestion.all(StandInAdapter.LAB, lab.state());
    }

    @Test
    void whatAJavaRuleConcernsIsHeldAndAskedAboutWithoutItsCodeBeingLookedAt() {
        rules(CODE);

        Outcome held = datagram("attack");

        assertThat(held.last().verdict()).isEqualTo(Verdict.HELD);
        assertThat(held.last().rules().hits())
                .singleElement()
                .hasToString("Hit[rule=mine, dryRun=false]");
        assertThat(held.commands()).isEmpty();
        assertThat(held.last().rules().waits())
                .singleElement()
                .satisfies(waiting -> {
                    assertThat(waiting.reason()).isEqualTo(Waiting.Reason.CODE);
                    assertThat(waiting.codes()).containsExactly("mine");
                });
        assertThat(CodeQuestion.since(held.last(), lab.state())).isEqualTo(questions());
        assertThat(questions())
                .singleElement()
                .satisfies(question -> {
                    assertThat(question.number()).isEqualTo(1);
                    assertThat(question.version()).isEqualTo(version);
                    assertThat(question.rules())
                            .containsExactly(new CodeQuestion.Asked("mine", CODE));
                    assertThat(question.bytes()).isEqualTo(payload("attack").bytes());
                    assertThat(question.recipient()).isEqualTo(name(2));
                });
        assertThat(
                        lab.when(game2.sends(game2.own(2350), game2.peer(1, 2350), "x"))
                                .last()
                                .verdict())
                .as("others")
                .isEqualTo(Verdict.RELAYED);
    }

    @Test
    void theAnswerReleasesItAndIsRecorded() {
        rules(CODE);
        datagram("attack");

        Outcome released = lab.whenAnswered(Map.of(1L, says("hello", "mine: a problem")));

        assertThat(released.only().verdict()).isEqualTo(Verdict.MUTATED);
        assertThat(released.only().detail()).isEqualTo("mine (mine: a problem)");
        assertThat(released.onlyCommand().actions()).containsExactly(sent("hello"));
        assertThat(said(released))
                .isEqualTo(new CodeSaid(List.of("mine"), version, List.of("mine: a problem")));
        assertThat(questions()).isEmpty();
    }

    @Test
    void whatItSaysNothingOfIsRelayedAndWhatItDropsIsDropped() {
        rules(CODE);
        datagram("one");
        datagram("two");

        Outcome first = lab.whenAnswered(Map.of(1L, says("one"), 2L, drops()));
        assertThat(first.only().verdict()).isEqualTo(Verdict.RELAYED);
        Outcome second = lab.whenAnswered(Map.of(2L, drops()));
        assertThat(second.only().verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(second.commands()).isEmpty();
        assertThat(said(second)).isEqualTo(new CodeSaid(List.of("mine"), version, List.of()));
    }

    @Test
    void withoutAnAnswerItGoesOnUnchangedAfterASecondWithTheReason() {
        rules(CODE);
        datagram("attack");

        assertThat(lab.whenDueAfter(SECOND.minus(MILLISECOND)).decision().events()).isEmpty();
        lab.whenTakenOver();
        Outcome late = lab.whenDueAfter(MILLISECOND);

        assertThat(late.only().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(late.onlyCommand().actions()).containsExactly(sent("attack"));
        assertThat(said(late))
                .isEqualTo(
                        new CodeSaid(
                                List.of("mine"),
                                version,
                                List.of("no answer within a second: passed on as it was")));
    }

    @Test
    void aSuccessorAsksAgainAndGoesByWhatItIsTold() {
        rules(CODE);
        datagram("attack");
        List<CodeQuestion> asked = questions();

        lab.whenTakenOver();

        assertThat(questions()).isEqualTo(asked);
        assertThat(lab.whenAnswered(Map.of(1L, says("other"))).onlyCommand().actions())
                .containsExactly(sent("other"));
    }

    @Test
    void nothingOvertakesWhatIsAskedAbout() {
        rules(new RuleFile("Mine.java", "/* rule: mine\n   when: frame.len == 4 */"));
        datagram("hold");
        datagram("behind");
        datagram("late");

        assertThat(lab.whenAnswered(Map.of(3L, says("3"))).decision().events()).isEmpty();
        assertThat(lab.whenAnswered(Map.of(1L, says("1"), 3L, says("3"))).onlyCommand().actions())
                .containsExactly(sent("1"));
        assertThat(lab.whenAnswered(Map.of(3L, says("3"))).onlyCommand().actions())
                .containsExactly(sent("behind"));
        assertThat(lab.whenAnswered(Map.of(3L, says("3"))).onlyCommand().actions())
                .containsExactly(sent("3"));
    }

    @Test
    void whatIsDelayedGoesOnWhenItsTimeHasComeAndTheAnswerIsThere() {
        rules(CODE, new RuleFile("a.yaml", "- {rule: far, protocol: udp, do: {delay: 50 ms}}"));
        datagram("early");
        datagram("late");

        assertThat(lab.whenAnswered(Map.of(1L, says("1"))).decision().events()).isEmpty();
        assertThat(lab.whenDueAfter(Duration.ofMillis(50)).decision().events())
                .as("its time has come, and no answer is there")
                .isEmpty();
        Outcome released = lab.whenAnswered(Map.of(1L, says("1")));
        assertThat(released.only().detail()).isEqualTo("far, mine");
        assertThat(released.onlyCommand().actions()).containsExactly(sent("1"));
        assertThat(lab.whenDueAfter(SECOND).onlyCommand().actions()).containsExactly(sent("late"));
    }

    @Test
    void whatPeopleEditGoesBeforeWhatTheCodeSays() {
        rules(CODE, new RuleFile("a.yaml", "- {rule: stop, protocol: udp, do: {hold: 1 min}}"));
        datagram("one");

        assertThat(lab.whenAnswered(Map.of(1L, says("code"))).decision().events())
                .as("a person decides")
                .isEmpty();
        Outcome edited = lab.whenDecided(1, false, false, payload("hand").bytes());
        assertThat(edited.onlyCommand().actions()).containsExactly(sent("hand"));
        assertThat(said(edited)).isNull();
    }

    @Test
    void aMessageOfAStreamWaitsForItselfAndWhatIsTakenOutIsConfirmed() {
        rules(new RuleFile("Mine.java", "/* rule: mine\n   protocol: tcp */"));
        FlowReference flow = game1.nextFlow();
        lab.given(game1.opens(game1.peer(2, 2300)))
                .given(game2.says(new Happening.FlowAccepted(flow)));
        assertThat(lab.when(game1.writes(flow, "abc")).last().verdict()).isEqualTo(Verdict.HELD);
        assertThat(lab.when(game1.says(new Happening.FlowHalfClosed(flow))).last().verdict())
                .isEqualTo(Verdict.HELD);

        Outcome dropped = lab.whenAnswered(Map.of(1L, drops()));

        assertThat(dropped.only().verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(dropped.onlyCommand().actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Write.class,
                        write -> {
                            assertThat(write.payload().bytes().isEmpty()).isTrue();
                            assertThat(write.streamEnd()).isEqualTo(3);
                        });
        assertThat(lab.whenDueAfter(Duration.ZERO).onlyCommand().actions())
                .singleElement()
                .isInstanceOf(Action.CloseOutput.class);
    }

    @Test
    void aRuleThatFailsAgainAndAgainHoldsNoLongerUntilItsFileChanges() {
        RuleFile other = new RuleFile("b.yaml", "- {rule: b, dry-run: true, do: drop}");
        rules(CODE);
        datagram("one");

        Outcome suspended = lab.whenCodeFails("mine");
        assertThat(suspended.only().detail())
                .isEqualTo("mine is suspended until its file changes: it fails");

        assertThat(suspended.only().what())
                .isInstanceOfSatisfying(
                        What.RulesChanged.class,
                        changed -> {
                            assertThat(changed.version()).isEqualTo(version);
                            assertThat(changed.suspended())
                                    .containsExactly(new What.Suspended("mine", "it fails"));
                        });
        assertThat(questions().getFirst().rules().getFirst().file()).isNull();
        assertThat(lab.whenCodeFails("mine").decision().events()).isEmpty();
        lab.whenTakenOver();
        lab.whenDueAfter(SECOND);
        assertThat(datagram("two").last().verdict()).isEqualTo(Verdict.RELAYED);
        rules(CODE, other);
        assertThat(datagram("three").last().verdict())
                .as("another file changed")
                .isEqualTo(Verdict.RELAYED);
        rules(new RuleFile("Mine.java", CODE.text() + " // mended"), other);
        assertThat(datagram("four").last().verdict()).isEqualTo(Verdict.HELD);
    }
}
