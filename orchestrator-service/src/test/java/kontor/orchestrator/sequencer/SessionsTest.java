package kontor.orchestrator.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import kontor.orchestrator.sequencer.Decision.Arrival;
import kontor.orchestrator.sequencer.Playbook.Outcome;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.SessionId;
import org.junit.jupiter.api.Test;

final class SessionsTest {

    private static final Duration SHORT = Duration.ofSeconds(59);

    private final StandInAdapter game1 = new StandInAdapter(1, 1, 2);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 2);
    private final FlowReference flow = game1.nextFlow();
    private final Playbook lab = new Playbook();
    private final SessionId wanted = new SessionId(new UUID(7, 7));

    @Test
    void runsAreRecordedWithoutSessionAndStartNone() {
        for (AdapterEvent event :
                new AdapterEvent[] {game1.starts(), game2.starts(), game2.stops()}) {
            SessionEvent recorded = lab.when(event).only();
            assertThat(recorded.session()).isNull();
            assertThat(recorded.sequence()).isZero();
            assertThat(recorded.verdict()).isEqualTo(Verdict.OBSERVED);
        }
    }

    @Test
    void firstOtherEventStartsASession() {
        Outcome outcome = given().when(datagram());

        assertThat(outcome.what()).first().isEqualTo(new What.Started(1));
        assertThat(outcome.decision().events().stream().map(SessionEvent::sequence))
                .containsExactly(1L, 2L);
        assertThat(outcome.decision().events().stream().map(SessionEvent::session))
                .doesNotContainNull()
                .containsOnly(outcome.last().session());
    }

    @Test
    void nameOfASessionFollowsFromItsCauseAlone() {
        AdapterEvent[] events = {game1.starts(), game2.starts(), datagram()};
        SessionId once = session(new Playbook().given(events[0], events[1]).when(events[2]));
        SessionId again = session(new Playbook().given(events[0], events[1]).when(events[2]));

        assertThat(once).isEqualTo(again);
        assertThat(session(new Playbook().when(datagram()))).isNotEqualTo(once);
    }

    @Test
    void runInsideASessionIsAnEventOfIt() {
        given().given(datagram());
        SessionEvent recorded = lab.when(game2.stops()).only();

        assertThat(recorded.session()).isNotNull();
        assertThat(recorded.sequence()).isEqualTo(3);
        assertThat(recorded.verdict()).isEqualTo(Verdict.OBSERVED);
    }

    @Test
    void sessionEndsWhenNothingComesAndNoTcpFlowIsOpen() {
        given().given(datagram());
        assertThat(lab.whenQuietFor(SHORT).decision().events()).isEmpty();
        Outcome outcome = lab.whenQuietFor(Duration.ofSeconds(1));

        assertThat(outcome.what()).containsExactly(new What.Ended(EndReason.IDLE));
        assertThat(outcome.only().sequence()).isEqualTo(3);
        assertThat(lab.whenQuietFor(Playbook.IDLE).decision().events()).isEmpty();
        assertThat(lab.when(datagram()).what()).first().isEqualTo(new What.Started(2));
    }

    @Test
    void strangersStartNoSession() {
        SessionEvent recorded = given().when(game1.says(new Happening.StrangerSeen())).only();

        assertThat(recorded.session()).isNull();
        assertThat(recorded.sequence()).isZero();
        assertThat(recorded.verdict()).isEqualTo(Verdict.OBSERVED);
    }

    @Test
    void strangersAreEventsOfARunningSessionAndDoNotKeepItRunning() {
        given().given(datagram());
        assertThat(lab.whenQuietFor(SHORT).decision().events()).isEmpty();
        lab.when(game1.says(new Happening.StrangerSeen())).isObservedOnly();

        assertThat(lab.whenQuietFor(Duration.ofSeconds(1)).what())
                .containsExactly(new What.Ended(EndReason.IDLE));
    }

    @Test
    void openTcpFlowKeepsASessionRunning() {
        given().given(game1.opens(game1.peer(2, 1)));
        assertThat(lab.whenQuietFor(Playbook.IDLE.multipliedBy(59)).decision().events()).isEmpty();
        lab.given(game2.says(new Happening.FlowReset(flow)));
        assertThat(lab.whenQuietFor(SHORT).decision().events()).isEmpty();
        assertThat(lab.whenQuietFor(SHORT).what()).containsExactly(new What.Ended(EndReason.IDLE));
    }

    @Test
    void sessionEndsWhenWhatHoldsItsFlowsIsSilentForVeryLong() {
        given().given(game1.opens(game1.peer(2, 1)));
        assertThat(
                        lab.whenQuietFor(
                                        Playbook.IDLE.multipliedBy(
                                                Sequencer.SILENCE_WITH_OPEN_FLOWS))
                                .what())
                .containsExactly(new What.Ended(EndReason.IDLE));
        assertThat(lab.when(game2.writes(flow, "still here")).last().verdict())
                .isEqualTo(Verdict.RELAYED);
    }

    @Test
    void wantedSessionEndsTheRunningOneAndFlowsThatOutliveItGetNewNumbers() {
        given().given(datagram(), game1.opens(game1.peer(2, 1)));
        Outcome outcome = lab.whenWanted(wanted);

        assertThat(outcome.what())
                .containsExactly(new What.Ended(EndReason.REQUESTED), new What.Started(2));
        assertThat(outcome.last().session()).isEqualTo(wanted);
        SessionEvent recorded = lab.when(game2.writes(flow, "on")).only();
        assertThat(recorded.session()).isEqualTo(wanted);
        assertThat(recorded.sequence()).isEqualTo(2);
        assertThat(recorded.verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(recorded.flow()).matches(f -> f.number() == 1 && !f.fromOpener());
        assertThat(lab.when(datagram()).only().flow()).matches(f -> f.number() == 2);
    }

    @Test
    void sameWishTwiceIsOneWish() {
        given();
        lab.whenWanted(wanted);
        assertThat(lab.whenWanted(wanted).decision().events()).isEmpty();
        lab.whenEndWanted(wanted);
        assertThat(lab.whenWanted(wanted).decision().events()).isEmpty();
    }

    @Test
    void onlyTheRunningSessionCanBeEnded() {
        given();
        assertThat(lab.whenEndWanted(wanted).decision().events()).isEmpty();
        SessionId running = session(lab.when(datagram()));
        assertThat(lab.whenEndWanted(wanted).decision().events()).isEmpty();
        Outcome outcome = lab.whenEndWanted(running);
        assertThat(outcome.what()).containsExactly(new What.Ended(EndReason.REQUESTED));
        assertThat(outcome.only().sequence()).isEqualTo(3);
        assertThat(lab.whenEndWanted(running).decision().events()).isEmpty();
    }

    @Test
    void flowsAreResetThoughNoSessionRuns() {
        given();
        SessionId running = session(lab.when(game1.opens(game1.peer(2, 1))));
        lab.whenEndWanted(running);
        Outcome outcome = lab.when(new StandInAdapter(1, 2, 2).starts());

        assertThat(outcome.only().session()).isNull();
        assertThat(outcome.onlyCommand().session()).isNull();
        assertThat(outcome.onlyCommand().actions()).containsExactly(new Action.ResetFlow(flow));
    }

    @Test
    void eventThatCameBeforeIsLeftOut() {
        given();
        AdapterEvent event = datagram();
        lab.given(event);
        Outcome outcome = lab.when(event);

        assertThat(outcome.decision().arrival()).isEqualTo(Arrival.DUPLICATE);
        assertThat(outcome.decision().events()).isEmpty();
    }

    @Test
    void eventAfterAGapIsTaken() {
        given();
        game1.skip(3);
        Outcome outcome = lab.when(datagram());

        assertThat(outcome.decision().arrival()).isEqualTo(Arrival.AFTER_GAP);
        assertThat(outcome.last().verdict()).isEqualTo(Verdict.RELAYED);
    }

    private Playbook given() {
        return lab.given(game1.starts(), game2.starts());
    }

    private AdapterEvent datagram() {
        return game1.sends(game1.own(1), game1.peer(2, 1), "x");
    }

    private static SessionId session(Outcome outcome) {
        return Objects.requireNonNull(outcome.last().session());
    }
}
