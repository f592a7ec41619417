package kontor.gateway.continuity;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import kontor.gateway.continuity.Row.Said;
import kontor.log.SessionOrder;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of a session against the two topics that they come from: record for record, in one
 * pass and with no more in memory than the faults.
 *
 * <p>The rows come in the order of the session, the session's records in that of the log, where one
 * may stand twice, and the packets of its lab in that of their partition, where an event may stand
 * again behind later ones. Not thread-safe.
 */
public final class TopicComparison {

    /** Of each check; beyond they are only counted. */
    private static final int MOST_FAULTS = 100;

    private final Iterator<Row> log;
    private final Iterator<Packet> packets;
    private final Map<UUID, Long> seen = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<Check, Long> counts = new EnumMap<>(Check.class);

    private long loggedSequence;
    private @Nullable Row logged;
    private @Nullable Packet packet;

    /**
     * @param log the session's records, those of earlier owners behind a claim left out
     * @param packets the lab's, from the session's first input to its last
     * @param runs the parts of runs that lie in the session
     */
    public TopicComparison(Iterator<Row> log, Iterator<Packet> packets, List<Evidence.Run> runs) {
        this.log = log;
        this.packets = packets;
        for (Evidence.Run run : runs) {
            seen.put(run.run(), run.first() - 1);
        }
        counts.put(Check.SESSION_LOG, 0L);
        counts.put(Check.PACKETS, 0L);
        nextLogged();
        nextPacket();
    }

    /** The next row. */
    public void on(Row row) {
        @Nullable Row record = logged;
        while (record != null && record.sequence() < row.sequence()) {
            noRow(record);
            record = nextLogged();
        }
        if (record == null || record.sequence() > row.sequence()) {
            fault(Check.SESSION_LOG, row.sequence(), "the log has no record of this row");
        } else {
            compare(record, row);
            nextLogged();
        }
        @Nullable Said said = row.saidOrNull();
        if (said != null) {
            source(row, said);
        }
    }

    /**
     * After the last row.
     *
     * @param evidence of the same rows
     * @param due the sequence up to which the journal was to have read: what the log has behind the
     *     last row and behind this is on its way
     * @param records of the topics that were read for it
     * @return the evidence and what was found beside it
     */
    public Evidence end(Evidence evidence, long due, LongSupplier records) {
        @Nullable Row record = logged;
        while (record != null && record.sequence() <= due) {
            noRow(record);
            record = nextLogged();
        }
        for (Packet left = packet; left != null; left = nextPacket()) {
            skipped(left, evidence.lastSequence());
        }
        return evidence.with(faults, counts, records.getAsLong());
    }

    private void noRow(Row record) {
        fault(
                Check.SESSION_LOG,
                record.sequence(),
                "the log has this %s, the database has no row".formatted(record.type()));
    }

    private void compare(Row record, Row row) {
        if (!record.equals(row)) {
            fault(
                    Check.SESSION_LOG,
                    row.sequence(),
                    "the log has %s, the row %s".formatted(text(record), text(row)));
        }
    }

    /** The packet that the row says it comes from. */
    private void source(Row row, Said said) {
        @Nullable Packet at = packet;
        while (at != null && at.offset() < row.inputOffset()) {
            skipped(at, row.sequence());
            at = nextPacket();
        }
        if (at == null || at.offset() > row.inputOffset()) {
            fault(
                    Check.PACKETS,
                    row.sequence(),
                    "kontor.packets has no record at offset %d".formatted(row.inputOffset()));
        } else {
            if (!at.said().equals(said)) {
                fault(
                        Check.PACKETS,
                        row.sequence(),
                        "kontor.packets has at offset %d %s, the row has %s"
                                .formatted(at.offset(), at.said(), said));
            }
            nextPacket();
        }
        seen.merge(said.run(), said.adapterSequence(), Math::max);
    }

    /** A packet that no row comes from: an event sent again, or one that was lost. */
    private void skipped(Packet skipped, long before) {
        Said said = skipped.said();
        @Nullable Long had = seen.get(said.run());
        // A run without any row in the session: what an earlier session had of it, sent again.
        if (had != null && said.adapterSequence() > had) {
            fault(
                    Check.PACKETS,
                    before,
                    "kontor.packets has at offset %d %s of %s, which no row comes from"
                            .formatted(skipped.offset(), said, skipped.instance()));
            seen.put(said.run(), said.adapterSequence());
        }
    }

    private @Nullable Row nextLogged() {
        logged = null;
        while (logged == null && log.hasNext()) {
            Row next = log.next();
            if (SessionOrder.of(loggedSequence, next.sequence()) != SessionOrder.REPEATED) {
                loggedSequence = next.sequence();
                logged = next;
            }
        }
        return logged;
    }

    private @Nullable Packet nextPacket() {
        packet = packets.hasNext() ? packets.next() : null;
        return packet;
    }

    private void fault(Check check, long sequence, String detail) {
        long before = counts.merge(check, 1L, Long::sum) - 1;
        if (before < MOST_FAULTS) {
            faults.add(new Fault(check, sequence, detail));
        }
    }

    private static String text(Row row) {
        return "%s %s (%s, input %d)"
                .formatted(
                        row.verdict(),
                        row.type(),
                        row.saidOrNull() == null ? "no adapter's" : row.saidOrNull(),
                        row.inputOffset());
    }
}
