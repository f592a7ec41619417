package kontor.gateway.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import kontor.gateway.continuity.ContinuityReport.Verdict;
import org.junit.jupiter.api.Test;

class ContinuityTest {

    private static final UUID SESSION = new UUID(0, 1);
    private static final UUID RUN = new UUID(0, 2);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private boolean ended;
    private Map<String, Long> byVerdict = Map.of("observed", 2L, "relayed", 7L);
    private List<Evidence.Unanswered> unanswered = List.of();
    private Map<Check, Long> faults = Map.of();
    private List<Loss> losses = List.of();
    private long heard = 10;
    private OptionalLong lag = OptionalLong.of(0);
    private Map<Integer, Long> packetEnds = Map.of(0, 130L);
    private Map<UUID, Long> published = Map.of(RUN, 10L);
    private Set<UUID> connected = Set.of(RUN);

    private ContinuityReport judge() {
        return Continuity.judge(
                SESSION,
                new Evidence(
                        "default",
                        ended,
                        10,
                        10,
                        byVerdict,
                        List.of(new Evidence.Run(RUN, "game1", 2, 10, 9)),
                        List.of(new Evidence.Inputs("kontor.packets", 0, 100, 120)),
                        5,
                        500,
                        7,
                        unanswered.size(),
                        unanswered.stream().filter(Evidence.Unanswered::abandoned).count(),
                        unanswered,
                        0,
                        List.of(),
                        faults,
                        losses,
                        losses.stream().mapToLong(Loss::datagrams).sum(),
                        1,
                        0),
                new Surroundings(
                        heard, lag, packetEnds, published, connected, Duration.ofSeconds(5), NOW));
    }

    @Test
    void isCleanWhenAllHolds() {
        ContinuityReport report = judge();

        assertThat(report.verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(report.waitingFor()).isEmpty();
        assertThat(report.equation().holds()).isTrue();
        assertThat(report.equation().received()).isEqualTo(9);
    }

    @Test
    void isFaultyWhenTheEquationDoesNotHold() {
        byVerdict = Map.of("observed", 2L, "relayed", 6L);

        assertThat(judge().verdict()).isEqualTo(Verdict.FAULTY);
        assertThat(judge().faults())
                .singleElement()
                .extracting(Fault::check)
                .isEqualTo(Check.EQUATION);
    }

    @Test
    void isFaultyWithAnyFaultThatTheRowsShow() {
        for (Check check : Check.values()) {
            faults = Map.of(check, 1L);
            assertThat(judge().verdict()).as(check.text()).isEqualTo(Verdict.FAULTY);
        }
    }

    @Test
    void isIncompleteWhileTheJournalIsBehindWhatWasHeard() {
        heard = 11;

        assertThat(judge().verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void isIncompleteWhileTheJournalHasRecordsToReadOrNobodyKnows() {
        lag = OptionalLong.of(1);
        assertThat(judge().verdict()).isEqualTo(Verdict.INCOMPLETE);

        lag = OptionalLong.empty();
        assertThat(judge().verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void isIncompleteWhileAnAdapterHasPublishedMore() {
        published = Map.of(RUN, 11L);
        assertThat(judge().verdict()).isEqualTo(Verdict.INCOMPLETE);

        ended = true;
        assertThat(judge().verdict()).as("may be in the next session").isEqualTo(Verdict.CLEAN);
    }

    @Test
    void isFaultyWhenAnAdapterCountsMoreThanWasEverInTheTopic() {
        published = Map.of(RUN, 11L);
        packetEnds = Map.of(0, 121L);

        assertThat(judge().verdict()).isEqualTo(Verdict.FAULTY);
        assertThat(judge().faults())
                .singleElement()
                .extracting(Fault::check)
                .isEqualTo(Check.ADAPTER_COUNTERS);

        lag = OptionalLong.of(1);
        assertThat(judge().verdict()).as("the journal may bring it").isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void namesTheDeepChecksOnlyWhereTheyWereMade() {
        assertThat(judge().checks()).doesNotContainKeys(Check.SESSION_LOG, Check.PACKETS);

        faults = Map.of(Check.SESSION_LOG, 0L);
        assertThat(judge().checks()).containsEntry(Check.SESSION_LOG, 0L);
        assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void waitsForAReceiptAsLongAsItsAdapterIsThere() {
        missing(NOW.minusSeconds(60));

        assertThat(judge().verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void missesAReceiptThatNothingCanBringAnyMore() {
        missing(NOW.minusSeconds(60));
        connected = Set.of();
        published = Map.of();

        ContinuityReport report = judge();
        assertThat(report.verdict()).isEqualTo(Verdict.FAULTY);
        assertThat(report.faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.check()).isEqualTo(Check.RECEIPTS);
                    assertThat(fault.sequence()).isEqualTo(7);
                });
    }

    @Test
    void whatAnAdapterWasToldAndCouldNotConfirmBeforeItEndedIsUnconfirmed() {
        connected = Set.of();
        published = Map.of();
        unanswered =
                List.of(
                        new Evidence.Unanswered(7, NOW.minusSeconds(60), "game1", RUN, 3, true),
                        new Evidence.Unanswered(8, NOW.minusSeconds(60), "game1", RUN, 4, true));

        ContinuityReport report = judge();
        assertThat(report.verdict()).isEqualTo(Verdict.UNCONFIRMED);
        assertThat(report.faults()).isEmpty();
        assertThat(report.counts().unconfirmed()).isEqualTo(2);
        assertThat(report.unconfirmed())
                .containsExactly(new ContinuityReport.Unconfirmed("game1", RUN, 7, 3, 2));

        lag = OptionalLong.of(1);
        assertThat(judge().verdict()).as("the journal may bring it").isEqualTo(Verdict.INCOMPLETE);

        lag = OptionalLong.of(0);
        faults = Map.of(Check.STREAM_OFFSETS, 1L);
        assertThat(judge().verdict()).isEqualTo(Verdict.FAULTY);
    }

    @Test
    void isLossyWhereAllHoldsAndAdaptersCountedLostDatagrams() {
        losses = List.of(new Loss("game1", "socket_buffer", "127.1.0.2:2380", 7, 33_608));

        ContinuityReport report = judge();
        assertThat(report.verdict()).isEqualTo(Verdict.LOSSY);
        assertThat(report.losses()).isEqualTo(losses);
        assertThat(report.counts().lost()).isEqualTo(33_608);
        assertThat(report.faults()).isEmpty();
        assertThat(report.losses())
                .singleElement()
                .hasToString(
                        "game1: 33608 datagrams lost at the adapter's socket 127.1.0.2:2380, first"
                                + " said at 7");
    }

    @Test
    void whatIsWorseThanLossyIsSaidFirst() {
        losses = List.of(new Loss("game1", "spool_full", null, 7, 1));

        lag = OptionalLong.of(1);
        assertThat(judge().verdict()).isEqualTo(Verdict.INCOMPLETE);
        lag = OptionalLong.of(0);
        faults = Map.of(Check.STREAM_OFFSETS, 1L);
        assertThat(judge().verdict()).isEqualTo(Verdict.FAULTY);
        faults = Map.of();
        connected = Set.of();
        published = Map.of();
        unanswered =
                List.of(new Evidence.Unanswered(7, NOW.minusSeconds(60), "game1", RUN, 3, true));
        assertThat(judge().verdict()).isEqualTo(Verdict.UNCONFIRMED);
        assertThat(judge().losses()).isEqualTo(losses);
    }

    @Test
    void givesAYoungReceiptItsTime() {
        missing(NOW.minusSeconds(1));
        connected = Set.of();
        ended = true;

        assertThat(judge().verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    private void missing(Instant sequencedAt) {
        unanswered = List.of(new Evidence.Unanswered(7, sequencedAt, "game1", RUN, 3, false));
    }
}
