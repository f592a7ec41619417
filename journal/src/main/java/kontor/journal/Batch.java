package kontor.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import kontor.journal.ledger.Effect;
import kontor.journal.ledger.LogEntry;
import kontor.journal.ledger.ReceiptRow;

/**
 * What one transaction writes: rows by table, and how far it takes the positions. Mutable while it
 * is put together, on one thread.
 */
final class Batch {

    /**
     * How far the journal goes in one partition.
     *
     * @param from where it stands, and must still stand when the batch is written
     */
    record Move(long from, long to, long ownerEpoch) {}

    private final List<Effect.StartSession> sessions = new ArrayList<>();
    private final List<Effect.EndSession> ends = new ArrayList<>();
    private final List<Effect.StartRun> runs = new ArrayList<>();
    private final List<Effect.StopRun> stops = new ArrayList<>();
    private final List<Effect.WriteEvent> events = new ArrayList<>();
    private final List<Effect.OpenFlow> flows = new ArrayList<>();
    private final List<Effect.HalfCloseFlow> halfCloses = new ArrayList<>();
    private final List<Effect.EndFlow> flowEnds = new ArrayList<>();
    private final List<ReceiptRow> receipts = new ArrayList<>();
    private final Map<SessionRange.Key, SessionRange> ranges = new LinkedHashMap<>();
    private final SortedMap<Position.Partition, Move> moves = new TreeMap<>();

    /**
     * @param entry what the write follows from
     */
    void add(Effect.Write write, LogEntry entry) {
        switch (write) {
            case Effect.StartSession start -> sessions.add(start);
            case Effect.EndSession end -> ends.add(end);
            case Effect.StartRun start -> runs.add(start);
            case Effect.StopRun stop -> stops.add(stop);
            case Effect.WriteEvent event -> {
                events.add(event);
                SessionRange.of(entry, event.row())
                        .forEach(range -> ranges.merge(range.key(), range, SessionRange::through));
            }
            case Effect.OpenFlow open -> flows.add(open);
            case Effect.HalfCloseFlow halfClose -> halfCloses.add(halfClose);
            case Effect.EndFlow end -> flowEnds.add(end);
        }
    }

    void add(ReceiptRow receipt) {
        receipts.add(receipt);
    }

    void move(Position.Partition partition, Move move) {
        moves.put(partition, move);
    }

    List<Effect.StartSession> sessions() {
        return sessions;
    }

    List<Effect.EndSession> ends() {
        return ends;
    }

    List<Effect.StartRun> runs() {
        return runs;
    }

    List<Effect.StopRun> stops() {
        return stops;
    }

    List<Effect.WriteEvent> events() {
        return events;
    }

    List<Effect.OpenFlow> flows() {
        return flows;
    }

    List<Effect.HalfCloseFlow> halfCloses() {
        return halfCloses;
    }

    List<Effect.EndFlow> flowEnds() {
        return flowEnds;
    }

    List<ReceiptRow> receipts() {
        return receipts;
    }

    /** Where the sessions' events of this batch stand in the topics. */
    Collection<SessionRange> ranges() {
        return ranges.values();
    }

    /** How many records of the topics it takes care of, also those that change nothing. */
    long records() {
        return moves.values().stream().mapToLong(move -> move.to() - move.from()).sum();
    }

    /** In one order for all journals, so that two of them cannot wait for each other. */
    SortedMap<Position.Partition, Move> moves() {
        return moves;
    }
}
