package kontor.simulation.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kontor.journal.ledger.Effect;
import kontor.journal.ledger.Ledger;
import kontor.journal.ledger.LogEntry;
import kontor.journal.ledger.ReceiptRow;
import kontor.orchestrator.ownership.LogRecord;
import kontor.simulation.broker.Reader;
import kontor.simulation.invariant.NothingLost;
import kontor.simulation.invariant.OneOrder;
import kontor.simulation.invariant.Violation;
import kontor.simulation.journal.Tables.Batch;
import kontor.simulation.journal.Tables.Outcome;
import kontor.simulation.journal.Tables.Positions;
import kontor.simulation.time.Life;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.Said;
import kontor.simulation.world.World;

/**
 * The journal of one orchestrator process: takes what the topics bring and writes it with its
 * positions in one transaction. Whatever fails, it begins again from the tables.
 */
public final class JournalModel {

    private static final int REMEMBERED_SESSIONS = 2;

    private final World world;
    private final Tables tables;
    private final Life life;
    private final Life network = new Life("to-database");

    /**
     * @param life of its process
     */
    public JournalModel(World world, Tables tables, Life life) {
        this.world = world;
        this.tables = tables;
        this.life = life;
    }

    public void start() {
        if (!tables.isUp()) {
            pause();
            return;
        }
        Positions positions = tables.positions();
        Reader reader = new Reader(world.broker(), life);
        reader.seek(world.topics().log(), positions.log());
        reader.seek(world.topics().receipts(), positions.receipts());
        Ledger ledger = new Ledger(REMEMBERED_SESSIONS, Map.of(0, positions.epoch()));
        goOn(reader, ledger, positions, tables.life());
    }

    private void pause() {
        world.timeline().in(world.chance().around(10_000), life, this::start);
    }

    private void goOn(Reader reader, Ledger ledger, Positions positions, int connection) {
        reader.poll(records -> {
            if (!isConnected(connection)) {
                pause();
                return;
            }
            Batch batch = batch(records, reader, ledger, positions);
            world.timeline()
                    .in(
                            world.chance().around(500),
                            network,
                            () -> commit(batch, reader, ledger, connection));
        });
    }

    private boolean isConnected(int connection) {
        return tables.isUp() && tables.life() == connection;
    }

    private Batch batch(
            List<Reader.Polled> records, Reader reader, Ledger ledger, Positions positions) {
        List<LogEntry> entries = new ArrayList<>();
        List<ReceiptRow> receipts = new ArrayList<>();
        for (Reader.Polled polled : records) {
            switch (polled.record()) {
                case LogRecord record -> {
                    LogEntry entry = EntryReader.entry(polled.offset(), record);
                    entries.add(
                            world.is(Sabotage.CLAIMS_NOT_HEEDED) ? unfenced(entry, ledger) : entry);
                }
                case Said said -> receipts.add(EntryReader.receipt(said));
                default -> throw new IllegalStateException(polled.toString());
            }
        }
        tables.recall(ledger.unknownIn(entries)).forEach(ledger::recall);
        List<Effect.Write> writes = new ArrayList<>();
        for (LogEntry entry : entries) {
            for (Effect effect : ledger.on(entry)) {
                switch (effect) {
                    case Effect.Write write -> writes.add(write);
                    case Effect.SequenceGap gap ->
                            throw new Violation(OneOrder.class, "the journal notices " + gap);
                    case Effect.UnreadClaim claim ->
                            throw new Violation(OneOrder.class, "the journal notices " + claim);
                    case Effect.ChecksumMismatch wrong ->
                            throw new Violation(NothingLost.class, "the journal notices " + wrong);
                    case Effect.VoidEntry _, Effect.RepeatedEntry _ -> {}
                }
            }
        }
        return new Batch(
                writes,
                receipts,
                positions,
                new Positions(
                        reader.position(world.topics().log()),
                        reader.position(world.topics().receipts()),
                        ledger.epochOf(0)));
    }

    /** The entry as an owner who is one no longer would like to have it read. */
    private static LogEntry unfenced(LogEntry entry, Ledger ledger) {
        return new LogEntry(
                entry.partition(),
                entry.offset(),
                entry.lab(),
                Math.max(entry.ownerEpoch(), ledger.epochOf(0)),
                entry.event(),
                entry.deliveries(),
                entry.flow(),
                entry.what());
    }

    /** Arrives at the database, whether or not its journal still lives. */
    private void commit(Batch batch, Reader reader, Ledger ledger, int connection) {
        if (!isConnected(connection)) {
            world.timeline().in(world.chance().around(500), life, this::pause);
            return;
        }
        if (world.is(Sabotage.POSITION_BEFORE_ROWS)) {
            tables.movePosition(batch.to());
            world.timeline().in(2_000, life, () -> commitRows(batch, reader, ledger, connection));
        } else {
            commitRows(batch, reader, ledger, connection);
        }
    }

    private void commitRows(Batch batch, Reader reader, Ledger ledger, int connection) {
        if (!isConnected(connection)) {
            pause();
            return;
        }
        boolean unheld =
                world.is(Sabotage.POSITION_NOT_HELD) || world.is(Sabotage.POSITION_BEFORE_ROWS);
        Outcome outcome = tables.commit(batch, unheld);
        world.note(life.name(), "commits rows", outcome);
        world.timeline()
                .in(
                        world.chance().around(500),
                        life,
                        () -> {
                            if (!isConnected(connection) || outcome == Outcome.POSITION_MOVED) {
                                // Whether it was committed nobody knows: the tables do.
                                pause();
                            } else {
                                ledger.forgetBeyondBound();
                                goOn(reader, ledger, batch.to(), connection);
                            }
                        });
    }
}
