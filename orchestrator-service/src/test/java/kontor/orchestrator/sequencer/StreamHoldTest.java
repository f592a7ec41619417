package kontor.orchestrator.sequencer;

import static kontor.orchestrator.sequencer.StandInAdapter.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kontor.orchestrator.sequencer.Playbook.Outcome;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.junit.jupiter.api.Test;

/** Parts of streams that wait for a person, and all behind them in their direction. */
final class StreamHoldTest {

    private static final String STOP =
            "- {rule: stop, protocol: tcp, when: frame.len == 4, do: {hold: 1 s}}";
    private static final String PINGS =
            "- {rule: ping, protocol: tcp, when: dplay.command == 0x16, do: {hold: 1 s}}";

    /** PING with its header, 36 bytes. */
    private static final Bytes PING =
            Bytes.ofHex("2400b0fa020008fc000000000000000000000000706c617916000e000100000002000000");

    /** PONG, which no rule here wants. */
    private static final Bytes PONG =
            Bytes.ofHex("2400b0fa020008fc000000000000000000000000706c617917000e000100000002000000");

    private final StandInAdapter game1 = new StandInAdapter(1, 1, 3);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 3);
    private final FlowReference flow = game1.nextFlow();
    private final Playbook lab =
            new Playbook()
                    .given(game1.starts(), game2.starts(), game1.opens(game1.peer(2, 2300)))
                    .given(game2.says(new Happening.FlowAccepted(flow)));

    private long written;

    private Outcome writes(String text) {
        return writes(Bytes.copyOf(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private Outcome writes(Bytes bytes) {
        written += bytes.length();
        return lab.when(
                game1.says(
                        new Happening.FlowData(flow, new Payload(bytes, bytes.crc32c()), written)));
    }

    private Action wrote(Bytes bytes, long streamEnd) {
        return new Action.Write(flow, Payload.of(bytes), streamEnd);
    }

    private Action wrote(String text, long streamEnd) {
        return new Action.Write(flow, payload(text), streamEnd);
    }

    private void waits(Outcome outcome) {
        assertThat(outcome.last().verdict()).isEqualTo(Verdict.HELD);
        assertThat(outcome.commands()).isEmpty();
    }

    private void nextGoesOn(Action... actions) {
        Outcome next = lab.whenDueAfter(Duration.ZERO);
        assertThat(next.only().what()).isInstanceOf(What.Released.class);
        assertThat(next.onlyCommand().actions()).containsExactly(actions);
    }

    private void nothingIsDue() {
        assertThat(lab.whenDueAfter(Duration.ZERO).decision().events()).isEmpty();
    }

    @Test
    void whatIsBehindAHeldPieceWaitsInItsDirectionAndTheOtherGoesOn() {
        lab.whenRulesWanted(STOP);
        waits(writes("hold"));
        waits(writes("behind"));
        Outcome back = lab.when(game2.says(new Happening.FlowData(flow, payload("answer"), 6)));
        assertThat(back.last().verdict()).isEqualTo(Verdict.RELAYED);
        nothingIsDue();

        lab.whenTakenOver();
        lab.whenRulesWanted("");
        lab.whenDueAfter(Duration.ofMillis(999));
        Outcome first = lab.whenDueAfter(Duration.ofMillis(1));

        assertThat(first.onlyCommand().actions()).containsExactly(wrote("hold", 4));
        nextGoesOn(wrote("behind", 10));
        nothingIsDue();
        assertThat(writes("after").last().verdict()).isEqualTo(Verdict.RELAYED);
    }

    @Test
    void whatIsBeforeAHeldMessageInTheSamePieceGoesOnAtOnceAndEachBehindItWaitsByItself() {
        lab.whenRulesWanted(PINGS);
        Bytes piece = PONG.plus(PING).plus(PONG).plus(PING.slice(0, 5));

        Outcome held = writes(piece);

        assertThat(held.last().verdict()).isEqualTo(Verdict.HELD);
        assertThat(held.onlyCommand().actions()).containsExactly(wrote(PONG, piece.length()));
        assertThat(held.last().rules().waits())
                .extracting(Waiting::reason)
                .containsExactly(Waiting.Reason.PERSON, Waiting.Reason.BEHIND);
        waits(writes(PING.from(5)));
        Outcome first = lab.whenDecided(1, false, false, null);
        assertThat(first.onlyCommand().actions()).containsExactly(wrote(PING, piece.length()));
        nextGoesOn(wrote(PONG, piece.length()));
        nothingIsDue();
        Outcome last = lab.whenDecided(3, false, false, null);
        assertThat(last.onlyCommand().actions()).containsExactly(wrote(PING, written));
    }

    @Test
    void anEditedMessageGoesOnEditedAndADroppedOneIsTakenOutOfItsStream() {
        lab.whenRulesWanted(STOP);
        writes("hold");
        writes("drop");
        writes("behind");

        Outcome edited = lab.whenDecided(1, false, true, Bytes.ofHex("68656c6c6f"));
        assertThat(edited.only().verdict()).isEqualTo(Verdict.MUTATED);
        assertThat(edited.onlyCommand().actions()).containsExactly(wrote("hello", 4));
        nothingIsDue();
        Outcome dropped = lab.whenDecided(2, true, false, null);
        assertThat(dropped.only().verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(dropped.commands()).isEmpty();
        nextGoesOn(wrote("behind", 14));
    }

    @Test
    void theEndOfAStreamWaitsBehindWhatWaitsInItAndCannotBeDropped() {
        lab.whenRulesWanted(STOP);
        waits(writes("hold"));
        waits(lab.when(game1.says(new Happening.FlowHalfClosed(flow))));
        lab.whenTakenOver();
        assertThat(lab.whenDecided(2, true, false, null).decision().events()).isEmpty();

        lab.whenDueAfter(Duration.ofSeconds(1));
        nextGoesOn(new Action.CloseOutput(flow));
        assertThat(writes("late").last().detail()).isEqualTo("flow is closed");
        Outcome end = lab.when(game2.says(new Happening.FlowHalfClosed(flow)));
        assertThat(end.last().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(lab.when(game2.says(new Happening.FlowReset(flow))).last().detail())
                .isEqualTo("flow is closed");
    }

    @Test
    void aResetOfTheSenderComesBehindWhatWaitsAndOneOfTheReceiverAtOnce() {
        lab.whenRulesWanted(STOP);
        waits(writes("hold"));
        waits(lab.when(game1.says(new Happening.FlowReset(flow))));
        Outcome gone = lab.when(game2.says(new Happening.FlowReset(flow)));
        assertThat(gone.onlyCommand().actions()).containsExactly(new Action.ResetFlow(flow));

        lab.whenDueAfter(Duration.ZERO).isUndeliverable("flow is closed");
        lab.whenDueAfter(Duration.ZERO).isUndeliverable("flow is closed");
        nothingIsDue();
    }

    @Test
    void theEndTakesAlongWhatWasHeldBackOfAMessage() {
        lab.whenRulesWanted(PINGS);
        writes(PING);
        writes(PONG.slice(0, 10));
        waits(lab.when(game1.says(new Happening.FlowHalfClosed(flow))));

        lab.whenDecided(1, false, false, null);

        nextGoesOn(wrote(PONG.slice(0, 10), 0), new Action.CloseOutput(flow));
    }

    @Test
    void aStreamOfWhichTooMuchWaitsGoesOnSinceItMayLoseNothing() {
        lab.whenRulesWanted(
                "- {rule: stop, protocol: tcp, when: frame.len == 4, do: {hold: 30 min}}");
        waits(writes("hold"));
        Bytes large = Bytes.owning(new byte[60_000]);
        int pieces = 0;
        while (lab.whenDueAfter(Duration.ZERO).decision().events().isEmpty()) {
            waits(writes(large));
            pieces++;
        }

        assertThat(pieces).isBetween(15, 20);
        for (int i = 0; i < pieces; i++) {
            nextGoesOn(wrote(large, 4 + (i + 1) * 60_000L));
        }
        nothingIsDue();
    }

    @Test
    void whatWaitsInAFlowWhoseAdapterEndsIsUndeliverable() {
        lab.whenRulesWanted(STOP);
        waits(writes("hold"));
        lab.given(game1.stops());

        lab.whenDueAfter(Duration.ZERO).isUndeliverable("flow is closed");
    }
}
