package kontor.gateway.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.gateway.continuity.Row.Said;
import org.junit.jupiter.api.Test;

class TopicComparisonTest {

    private static final UUID RUN = new UUID(0, 2);

    private final List<Row> rows = new ArrayList<>();
    private final List<Row> log = new ArrayList<>();
    private final List<Packet> packets = new ArrayList<>();
    private long due = Long.MAX_VALUE;

    TopicComparisonTest() {
        started();
        for (int sequence = 2; sequence <= 5; sequence++) {
            Row row = event(sequence);
            rows.add(row);
            log.add(row);
            packets.add(packet(row));
        }
    }

    @Test
    void findsNothingWhereAllAgree() {
        assertThat(faults()).isEmpty();
        assertThat(compare().faultCounts())
                .containsEntry(Check.SESSION_LOG, 0L)
                .containsEntry(Check.PACKETS, 0L);
    }

    @Test
    void takesNoOffenceAtWhatWasSentAgain() {
        log.add(2, log.get(1));
        packets.add(2, new Packet(35, "game1", packets.getFirst().said()));
        packets.add(new Packet(100, "game2", new Said(new UUID(9, 9), 7, 0)));
        assertThat(faults()).isEmpty();
    }

    @Test
    void findsARecordWithoutRow() {
        rows.remove(2);
        assertThat(faults()).extracting(Fault::check).contains(Check.SESSION_LOG);
        assertThat(faults().getFirst().sequence()).isEqualTo(3);
        assertThat(faults().getFirst().detail()).contains("the database has no row");
    }

    @Test
    void findsARowWithoutRecord() {
        log.remove(2);
        assertThat(faults())
                .singleElement()
                .isEqualTo(new Fault(Check.SESSION_LOG, 3, "the log has no record of this row"));
    }

    @Test
    void findsAnAlteredRowAgainstBothTopics() {
        rows.set(2, new Row(3, "flow_data", "relayed", new Said(RUN, 3, 99), 30));
        assertThat(faults())
                .extracting(Fault::check)
                .containsExactly(Check.SESSION_LOG, Check.PACKETS);
        assertThat(faults()).extracting(Fault::sequence).containsOnly(3L);
    }

    @Test
    void findsAPacketThatIsMissing() {
        packets.remove(1);
        assertThat(faults())
                .singleElement()
                .isEqualTo(
                        new Fault(Check.PACKETS, 3, "kontor.packets has no record at offset 30"));
    }

    @Test
    void findsAPacketThatCameToNoRow() {
        rows.remove(2);
        log.remove(2);
        assertThat(faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.check()).isEqualTo(Check.PACKETS);
                    assertThat(fault.detail()).contains("which no row comes from");
                });
    }

    @Test
    void waitsForTheJournalAtTheEndOfTheLog() {
        log.add(event(6));
        log.add(event(7));
        due = 5;
        assertThat(faults()).isEmpty();

        due = 6;
        assertThat(faults()).extracting(Fault::sequence).containsExactly(6L);
    }

    @Test
    void countsOnWhereItNamesNoMore() {
        for (int sequence = 6; sequence < 306; sequence++) {
            log.add(event(sequence));
        }
        assertThat(faults()).hasSize(100);
        assertThat(compare().faultCounts()).containsEntry(Check.SESSION_LOG, 300L);
    }

    private void started() {
        Row row = new Row(1, "session_started", "observed", null, 20);
        rows.add(row);
        log.add(row);
    }

    private static Row event(int sequence) {
        return new Row(
                sequence, "flow_data", "relayed", new Said(RUN, sequence, 42), sequence * 10L);
    }

    private static Packet packet(Row row) {
        Said said = row.saidOrNull();
        if (said == null) {
            throw new IllegalArgumentException("no adapter said " + row);
        }
        return new Packet(row.inputOffset(), "game1", said);
    }

    private List<Fault> faults() {
        return compare().faults();
    }

    private Evidence compare() {
        List<Evidence.Run> runs = List.of(new Evidence.Run(RUN, "game1", 2, 5, 4));
        TopicComparison comparison = new TopicComparison(log.iterator(), packets.iterator(), runs);
        rows.forEach(comparison::on);
        return comparison.end(
                new Evidence(
                        "default",
                        false,
                        rows.size(),
                        5,
                        Map.of(),
                        runs,
                        List.of(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        List.of(),
                        0,
                        List.of(),
                        Map.of(),
                        List.of(),
                        0,
                        1,
                        0),
                due,
                () -> 7);
    }
}
