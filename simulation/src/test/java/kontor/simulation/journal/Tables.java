package kontor.simulation.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.adapter.relay.CommandOutcome;
import kontor.journal.ledger.DeliveryRow;
import kontor.journal.ledger.Effect;
import kontor.journal.ledger.EventRow;
import kontor.journal.ledger.FlowProgress;
import kontor.journal.ledger.FlowRow;
import kontor.journal.ledger.ReceiptRow;
import kontor.journal.ledger.SessionProgress;
import kontor.simulation.invariant.JournalIsTheLog;
import kontor.simulation.invariant.Violation;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** The database: tables with primary keys, changed in transactions; it may be away or slow. */
public final class Tables {

    private final Map<Key, Stored> events = new HashMap<>();
    private final Map<SessionId, Long> highest = new HashMap<>();
    private final Map<SessionId, Map<Integer, FlowProgress>> flows = new HashMap<>();
    private final Map<ReceiptKey, ReceiptRow> receipts = new HashMap<>();
    private Positions positions = new Positions(0, 0, 0);
    private boolean up = true;
    private int lives;

    private record Key(SessionId session, long sequence) {}

    private record ReceiptKey(UUID target, long command, UUID run) {}

    /** An event's row and those of its deliveries. */
    public record Stored(EventRow event, List<DeliveryRow> deliveries) {}

    /** Where the journal goes on, and the epoch it has read of. */
    record Positions(int log, int receipts, long epoch) {}

    /** What one transaction writes. */
    record Batch(
            List<Effect.Write> writes, List<ReceiptRow> receipts, Positions from, Positions to) {}

    /** The whole batch, or nothing of it because another journal was quicker. */
    enum Outcome {
        COMMITTED,
        POSITION_MOVED
    }

    public void crash() {
        up = false;
        lives++;
    }

    public void start() {
        up = true;
    }

    boolean isUp() {
        return up;
    }

    /** Another number after each crash: connections of an earlier life are dead. */
    int life() {
        return lives;
    }

    Positions positions() {
        return positions;
    }

    Map<SessionId, SessionProgress> recall(Collection<SessionId> wanted) {
        Map<SessionId, SessionProgress> known = new HashMap<>();
        for (SessionId session : wanted) {
            Long sequence = highest.get(session);
            if (sequence != null) {
                known.put(
                        session,
                        new SessionProgress(sequence, flows.getOrDefault(session, Map.of())));
            }
        }
        return known;
    }

    Outcome commit(Batch batch, boolean unheld) {
        if (!positions.equals(batch.from()) && !unheld) {
            return Outcome.POSITION_MOVED;
        }
        positions = batch.to();
        batch.writes().forEach(this::write);
        for (ReceiptRow row : batch.receipts()) {
            receipts.merge(
                    new ReceiptKey(row.targetRun(), row.commandSequence(), row.run()),
                    row,
                    (had, said) -> isRefusal(had) ? said : had);
        }
        return Outcome.COMMITTED;
    }

    /** An earlier owner's command was refused; the same one may yet come of its successor. */
    private static boolean isRefusal(ReceiptRow row) {
        return row.outcome().equals(CommandOutcome.STALE_OWNER.name());
    }

    /** A position alone, outside any transaction: nobody who is in his senses does that. */
    void movePosition(Positions to) {
        positions = to;
    }

    private void write(Effect.Write write) {
        switch (write) {
            case Effect.WriteEvent(EventRow row, List<DeliveryRow> deliveries) -> {
                Key key = new Key(row.session(), row.sequence());
                if (events.put(key, new Stored(row, deliveries)) != null) {
                    throw new Violation(JournalIsTheLog.class, "two rows with the key " + key);
                }
                highest.merge(row.session(), row.sequence(), Math::max);
            }
            case Effect.OpenFlow(FlowRow row, long _) ->
                    flowsOf(row.session())
                            .put(
                                    row.number(),
                                    new FlowProgress(
                                            "tcp".equals(row.protocol()),
                                            String.valueOf(row.opener().instance()),
                                            row.target().instance(),
                                            false,
                                            false,
                                            false));
            case Effect.HalfCloseFlow half ->
                    flowsOf(half.session())
                            .computeIfPresent(
                                    half.flow(),
                                    (_, f) ->
                                            new FlowProgress(
                                                    f.tcp(),
                                                    f.opener(),
                                                    f.target(),
                                                    f.openerClosed() || half.byOpener(),
                                                    f.targetClosed() || !half.byOpener(),
                                                    f.over()));
            case Effect.EndFlow end ->
                    flowsOf(end.session())
                            .computeIfPresent(
                                    end.flow(),
                                    (_, f) ->
                                            new FlowProgress(
                                                    f.tcp(),
                                                    f.opener(),
                                                    f.target(),
                                                    f.openerClosed(),
                                                    f.targetClosed(),
                                                    true));
            case Effect.StartSession _,
                    Effect.EndSession _,
                    Effect.StartRun _,
                    Effect.StopRun _ -> {}
        }
    }

    private Map<Integer, FlowProgress> flowsOf(SessionId session) {
        return flows.computeIfAbsent(session, _ -> new HashMap<>());
    }

    // For who sees everything.

    /** Whether the journal has taken all up to these offsets. */
    public boolean isAt(int log, int receiptsEnd) {
        return positions.log() == log && positions.receipts() == receiptsEnd;
    }

    public List<Stored> events() {
        return new ArrayList<>(events.values());
    }

    public @Nullable Stored event(SessionId session, long sequence) {
        return events.get(new Key(session, sequence));
    }

    public @Nullable ReceiptRow receipt(RunId target, long command, RunId run) {
        return receipts.get(new ReceiptKey(target.value(), command, run.value()));
    }
}
