package kontor.gateway.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import kontor.gateway.continuity.EventRow.Answer;
import kontor.gateway.continuity.EventRow.Delivery;
import kontor.gateway.continuity.EventRow.Input;
import kontor.gateway.continuity.EventRow.Part;
import kontor.gateway.continuity.EventRow.Payload;
import kontor.gateway.continuity.EventRow.Said;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionFoldTest {

    private static final UUID HERE = new UUID(0, 1);
    private static final UUID THERE = new UUID(0, 2);
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void rowsThatGoOnFromEachOtherHaveNoFaults() {
        Evidence evidence = look(1, started(), data(2, 0), data(3, 10), data(4, 20), ended(5));

        assertThat(evidence.faults()).isEmpty();
        assertThat(evidence.events()).isEqualTo(5);
        assertThat(evidence.deliveries()).isEqualTo(3);
        assertThat(evidence.unansweredCount()).isZero();
        assertThat(evidence.payloadBytes()).isEqualTo(30);
        assertThat(evidence.runs()).containsExactly(new Evidence.Run(HERE, "game1", 12, 14, 3));
        assertThat(evidence.inputs())
                .containsExactly(new Evidence.Inputs("kontor.packets", 0, 102, 104));
    }

    @Test
    void aLookAtThePartThatIsNewFindsWhatDoesNotGoOnWithinItAndAtItsBeginning() {
        assertThat(look(3, data(3, 10), data(4, 20), ended(5)).faults()).isEmpty();
        assertThat(checks(look(3, data(4, 20), ended(5)))).containsExactly(Check.SESSION_SEQUENCES);
        assertThat(checks(look(3, data(3, 10), data(4, 21), ended(5))))
                .containsExactly(Check.STREAM_OFFSETS);
    }

    @Test
    void aMissingRowShowsInEveryCountOfIts() {
        assertThat(checks(look(1, started(), data(2, 0), data(4, 20), ended(5))))
                .containsExactlyInAnyOrder(
                        Check.SESSION_SEQUENCES,
                        Check.ADAPTER_SEQUENCES,
                        Check.STREAM_OFFSETS,
                        Check.COMMAND_SEQUENCES);
    }

    @Test
    void aReceiptThatNamesAnotherEventIsFoundAndItsCommandIsAnswered() {
        EventRow third = data(3, 10);
        Answer answer = third.answers().getFirst();
        Answer wrong =
                new Answer(
                        4,
                        answer.instance(),
                        answer.run(),
                        answer.command(),
                        false,
                        NOW,
                        answer.payloadBytes(),
                        null);
        List<Answer> both = new ArrayList<>(data(4, 20).answers());
        both.add(wrong);

        Evidence evidence =
                look(
                        1,
                        started(),
                        data(2, 0),
                        with(third, List.of()),
                        with(data(4, 20), both),
                        ended(5));

        assertThat(evidence.unansweredCount()).isZero();
        assertThat(evidence.faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.check()).isEqualTo(Check.RECEIPT_CONTENTS);
                    assertThat(fault.sequence()).isEqualTo(4);
                    assertThat(fault.detail()).contains("delivery for event 3");
                });
    }

    @Test
    void whoWasToldSomethingElseByARuleConfirmsThatManyBytes() {
        EventRow right = told(data(2, 0), 3, 3);
        EventRow wrong = told(data(2, 0), 3, 10);

        assertThat(look(1, started(), right, ended(3)).faults()).isEmpty();
        assertThat(checks(look(1, started(), wrong, ended(3))))
                .containsExactly(Check.RECEIPT_CONTENTS);
    }

    private static EventRow told(EventRow row, long bytes, long confirmed) {
        return row(
                row.sequence(),
                row.type(),
                row.payload(),
                row.streamPosition(),
                List.of(new Delivery("game2", THERE, 22, bytes)),
                List.of(new Answer(2, "game2", THERE, 22, false, NOW, confirmed, null)));
    }

    @Test
    void aCommandIsUnderWayAtItsRunsEndOnlyBehindTheLastThatWasConfirmedInItsFlow() {
        EventRow lost = with(data(2, 0), List.of());
        EventRow last = with(data(4, 20), List.of());

        Evidence evidence = look(1, started(), lost, data(3, 10), last, ended(5));

        assertThat(evidence.unansweredCount()).isEqualTo(2);
        assertThat(evidence.abandonedCount()).isEqualTo(1);
        assertThat(evidence.unanswered())
                .extracting(Evidence.Unanswered::abandoned)
                .containsExactly(false, true);
    }

    @Test
    void ofManyFaultsAHundredAreNamedAndAllAreCounted() {
        List<EventRow> rows = new ArrayList<>(List.of(started()));
        for (int i = 0; i < 500; i++) {
            rows.add(data(2 + i, 1000L - i));
        }

        Evidence evidence = look(1, rows.toArray(EventRow[]::new));

        assertThat(evidence.faultCounts().get(Check.STREAM_OFFSETS)).isEqualTo(499);
        assertThat(evidence.faults())
                .filteredOn(f -> f.check() == Check.STREAM_OFFSETS)
                .hasSize(100);
    }

    private static List<Check> checks(Evidence evidence) {
        return evidence.faults().stream().map(Fault::check).toList();
    }

    private static Evidence look(long from, EventRow... rows) {
        SessionFold fold = new SessionFold(from);
        boolean ended = false;
        for (EventRow row : rows) {
            fold.on(row);
            ended |= row.type().equals("session_ended");
        }
        return fold.end("lab", ended, Set.of(THERE), List.of());
    }

    private static EventRow started() {
        return plain(1, "session_started");
    }

    private static EventRow ended(long sequence) {
        return plain(sequence, "session_ended");
    }

    private static EventRow plain(long sequence, String type) {
        return row(sequence, type, null, null, List.of(), List.of());
    }

    /** Ten bytes of a TCP flow, relayed and confirmed. */
    private static EventRow data(long sequence, long offset) {
        return row(
                sequence,
                "flow_data",
                new Payload(10, 7, 7L),
                offset,
                List.of(new Delivery("game2", THERE, sequence + 20)),
                List.of(new Answer(sequence, "game2", THERE, sequence + 20, false, NOW, 10, null)));
    }

    private static EventRow row(
            long sequence,
            String type,
            @Nullable Payload payload,
            @Nullable Long offset,
            List<Delivery> deliveries,
            List<Answer> answers) {
        boolean said = payload != null;
        return new EventRow(
                sequence,
                NOW,
                type,
                said ? "relayed" : "observed",
                said ? new Said("game1", HERE, sequence + 10, NOW) : null,
                said ? new Part(1, true) : null,
                payload,
                said ? new Input("kontor.packets", 0, sequence + 100) : null,
                offset,
                deliveries,
                answers);
    }

    private static EventRow with(EventRow row, List<Answer> answers) {
        return row(
                row.sequence(),
                row.type(),
                row.payload(),
                row.streamPosition(),
                row.deliveries(),
                answers);
    }
}
