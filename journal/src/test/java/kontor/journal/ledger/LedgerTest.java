package kontor.journal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.journal.ledger.LogEntry.What;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final SessionId SESSION = new SessionId(new UUID(0, 1));
    private static final UUID RUN = new UUID(0, 2);
    private static final int PARTITION = 3;

    private final Ledger ledger = new Ledger(2, Map.of());
    private long offset;

    @Test
    void aSessionBeginsWithItsFirstEntry() {
        LogEntry start = entry(1, 1, null, new What.SessionStart(7));

        assertThat(ledger.on(start))
                .containsExactly(new Effect.StartSession(SESSION, "lab", 7L, 1000), written(start));
    }

    @Test
    void aSequenceThatWasHadIsARepeat() {
        ledger.on(entry(1, 1, null, new What.SessionStart(1)));

        assertThat(ledger.on(entry(1, 1, null, new What.SessionStart(1))))
                .containsExactly(new Effect.RepeatedEntry(PARTITION, 1));
    }

    @Test
    void aSequenceThatTheTablesHaveIsARepeat() {
        ledger.recall(SESSION, new SessionProgress(5, Map.of()));

        assertThat(ledger.on(entry(1, 5, null, new What.Nothing())))
                .containsExactly(new Effect.RepeatedEntry(PARTITION, 0));
        LogEntry next = entry(1, 6, null, new What.Nothing());
        assertThat(ledger.on(next)).containsExactly(written(next));
    }

    @Test
    void aGapIsToldAndTheEntryTakenAsItIs() {
        ledger.on(entry(1, 1, null, new What.SessionStart(1)));
        LogEntry behindGap = entry(1, 4, null, new What.Nothing());

        assertThat(ledger.on(behindGap))
                .containsExactly(new Effect.SequenceGap(SESSION, 2, 4), written(behindGap));
    }

    @Test
    void aSessionWhoseBeginningIsLostHasNoOrdinal() {
        LogEntry first = entry(1, 9, null, new What.Nothing());

        assertThat(ledger.on(first))
                .containsExactly(
                        new Effect.SequenceGap(SESSION, 1, 9),
                        new Effect.StartSession(SESSION, "lab", null, 1000),
                        written(first));
    }

    @Test
    void whatAnOlderOwnerWritesBehindAClaimIsVoid() {
        ledger.on(entry(1, 1, null, new What.SessionStart(1)));
        ledger.on(claim(2));

        assertThat(ledger.on(entry(1, 2, null, new What.Nothing())))
                .containsExactly(new Effect.VoidEntry(PARTITION, 2, 1, 2));
        assertThat(ledger.on(claim(1))).containsExactly(new Effect.VoidEntry(PARTITION, 3, 1, 2));
        LogEntry byNewOwner = entry(2, 2, null, new What.Nothing());
        assertThat(ledger.on(byNewOwner)).containsExactly(written(byNewOwner));
        assertThat(ledger.epochOf(PARTITION)).isEqualTo(2);
    }

    @Test
    void aZombieIsVoidWhereTheClaimWasDeletedByRetention() {
        ledger.on(entry(5, 1, null, new What.SessionStart(1)));

        assertThat(ledger.on(entry(4, 2, null, new What.Nothing())))
                .containsExactly(new Effect.VoidEntry(PARTITION, 1, 4, 5));
        assertThat(ledger.epochOf(PARTITION)).isEqualTo(5);
    }

    @Test
    void anUnreadClaimIsToldAndTheEntryTaken() {
        ledger.on(claim(1));
        ledger.on(entry(1, 1, null, new What.SessionStart(1)));
        LogEntry byUnknownOwner = entry(3, 2, null, new What.Nothing());

        assertThat(ledger.on(byUnknownOwner))
                .containsExactly(
                        written(byUnknownOwner), new Effect.UnreadClaim(PARTITION, 2, 3, 1));
        assertThat(ledger.on(entry(1, 3, null, new What.Nothing())))
                .containsExactly(new Effect.VoidEntry(PARTITION, 3, 1, 3));
    }

    @Test
    void ofTwoClaimsOfOneEpochTheFirstCounts() {
        assertThat(ledger.on(claim(2))).isEmpty();
        assertThat(ledger.on(claim(2))).containsExactly(new Effect.VoidEntry(PARTITION, 1, 2, 2));
    }

    @Test
    void aClaimCountsInItsPartitionOnly() {
        ledger.on(claim(2));

        assertThat(ledger.epochOf(PARTITION + 1)).isZero();
    }

    @Test
    void aTcpFlowIsClosedWithItsSecondHalfClose() {
        ledger.on(entry(1, 1, tcp(1), new What.Nothing()));

        assertThat(consequences(entry(1, 2, tcp(1), new What.HalfClose(), true)))
                .containsExactly(new Effect.HalfCloseFlow(SESSION, 1, true, 2));
        assertThat(consequences(entry(1, 3, tcp(1), new What.HalfClose(), true))).isEmpty();
        assertThat(consequences(entry(1, 4, tcp(1), new What.HalfClose(), false)))
                .containsExactly(
                        new Effect.HalfCloseFlow(SESSION, 1, false, 4),
                        new Effect.EndFlow(SESSION, 1, 4, "closed"));
    }

    @Test
    void aHalfCloseFromBeforeARestartCounts() {
        ledger.recall(
                SESSION,
                new SessionProgress(
                        2,
                        Map.of(1, new FlowProgress(true, "game1", "game2", true, false, false))));

        assertThat(consequences(entry(1, 3, tcp(1), new What.HalfClose(), false)))
                .contains(new Effect.EndFlow(SESSION, 1, 3, "closed"));
    }

    @Test
    void aFlowEndsOnce() {
        assertThat(ledger.on(entry(1, 1, tcp(1), new What.FlowEnd("refused"))))
                .contains(
                        new Effect.OpenFlow(tcp(1), 1),
                        new Effect.EndFlow(SESSION, 1, 1, "refused"));
        assertThat(consequences(entry(1, 2, tcp(1), new What.FlowEnd("reset")))).isEmpty();
    }

    @Test
    void aNewRunEndsTheTcpFlowsOfTheOneBefore() {
        ledger.on(entry(1, 1, tcp(1), new What.Nothing()));
        ledger.on(entry(1, 2, udp(2), new What.Nothing()));
        RunRow run = run("game2");

        assertThat(consequences(entry(1, 3, null, new What.RunStart(run))))
                .containsExactly(
                        new Effect.StartRun(run), new Effect.EndFlow(SESSION, 1, 3, "reset"));
    }

    @Test
    void aRunThatStartsBetweenTwoSessionsIsKept() {
        RunRow run = run("game1");

        assertThat(
                        ledger.on(
                                new LogEntry(
                                        0,
                                        0,
                                        "lab",
                                        1,
                                        null,
                                        List.of(),
                                        null,
                                        new What.RunStart(run))))
                .containsExactly(new Effect.StartRun(run));
    }

    @Test
    void aPayloadThatChangedIsToldAndTakenAsItIs() {
        Bytes payload = Bytes.copyOf((byte) 1, (byte) 2);
        long said = Integer.toUnsignedLong(payload.crc32c()) ^ 1;
        EventRow row =
                new EventRow(
                        SESSION,
                        1,
                        "datagram",
                        1,
                        1000,
                        "relayed",
                        null,
                        new EventRow.Adapter("game1", RUN, 1, 900, said),
                        null,
                        null,
                        payload,
                        null,
                        null,
                        null);

        assertThat(
                        ledger.on(
                                new LogEntry(
                                        PARTITION,
                                        0,
                                        "lab",
                                        1,
                                        row,
                                        List.of(),
                                        null,
                                        new What.Nothing())))
                .contains(
                        new Effect.WriteEvent(row, List.of()),
                        new Effect.ChecksumMismatch(SESSION, 1, said, row.actualCrc32c()));
    }

    @Test
    void sessionsBeyondTheBoundAreRecalledAgain() {
        for (int i = 1; i <= 3; i++) {
            ledger.recall(new SessionId(new UUID(1, i)), SessionProgress.none());
        }
        ledger.recall(SESSION, SessionProgress.none());
        LogEntry entry = entry(1, 1, null, new What.SessionStart(1));

        ledger.forgetBeyondBound();
        assertThat(ledger.unknownIn(List.of(entry))).isEmpty();

        ledger.recall(new SessionId(new UUID(1, 4)), SessionProgress.none());
        ledger.recall(new SessionId(new UUID(1, 5)), SessionProgress.none());
        ledger.forgetBeyondBound();
        assertThat(ledger.unknownIn(List.of(entry))).containsExactly(SESSION);
    }

    /** What an entry does besides being written. */
    private List<Effect> consequences(LogEntry entry) {
        return ledger.on(entry).stream()
                .filter(effect -> !(effect instanceof Effect.WriteEvent))
                .toList();
    }

    private static Effect written(LogEntry entry) {
        EventRow row = entry.event();
        assertThat(row).isNotNull();
        return new Effect.WriteEvent(row, entry.deliveries());
    }

    private LogEntry claim(long epoch) {
        return new LogEntry(
                PARTITION, offset++, "lab", epoch, null, List.of(), null, new What.OwnerClaim());
    }

    private LogEntry entry(long epoch, long sequence, @Nullable FlowRow flow, What what) {
        return entry(epoch, sequence, flow, what, true);
    }

    private LogEntry entry(
            long epoch, long sequence, @Nullable FlowRow flow, What what, boolean fromOpener) {
        EventRow row =
                new EventRow(
                        SESSION,
                        sequence,
                        "type",
                        epoch,
                        1000,
                        "observed",
                        null,
                        null,
                        flow == null ? null : flow.number(),
                        flow == null ? null : fromOpener,
                        null,
                        null,
                        null,
                        null);
        return new LogEntry(PARTITION, offset++, "lab", epoch, row, List.of(), flow, what);
    }

    private static FlowRow tcp(int number) {
        return new FlowRow(
                SESSION,
                number,
                "tcp",
                new FlowRow.End("game1", Bytes.ofHex("7f010001"), 1024),
                new FlowRow.End("game2", Bytes.ofHex("7f010002"), 2300),
                new FlowReference(new RunId(RUN), number));
    }

    private static FlowRow udp(int number) {
        FlowRow tcp = tcp(number);
        return new FlowRow(SESSION, number, "udp", tcp.opener(), tcp.target(), null);
    }

    private static RunRow run(String instance) {
        return new RunRow(RUN, "lab", instance, null, "{}", null, "0.1", "socket", 1000);
    }
}
