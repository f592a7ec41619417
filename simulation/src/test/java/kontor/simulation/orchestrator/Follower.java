package kontor.simulation.orchestrator;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.simulation.broker.Reader;
import kontor.simulation.invariant.OneOrder;
import kontor.simulation.invariant.Violation;
import kontor.simulation.time.Life;
import kontor.simulation.world.Request;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;

/** Folds the log while another owns it, and hears what is said beside it. */
final class Follower {

    private final World world;
    private final PartitionLog log;
    private final Reader reader;
    private final Consumer<Request> ear;
    private final Queue<List<Command>> lastCommands = new ArrayDeque<>();
    private boolean applied;

    Follower(World world, Life life, Recall.Start start, Consumer<Request> ear) {
        this.world = world;
        this.log = start.log();
        this.ear = ear;
        this.reader = new Reader(world.broker(), life);
        reader.seek(world.topics().log(), start.nextOffset());
        reader.seek(world.topics().control(), world.topics().control().end());
    }

    PartitionLog log() {
        return log;
    }

    /** Those that may not have reached the broker. */
    Collection<List<Command>> lastCommands() {
        return lastCommands;
    }

    void readTo(int end, Runnable then) {
        if (reader.position(world.topics().log()) >= end) {
            then.run();
            return;
        }
        reader.poll(records -> {
            records.forEach(this::take);
            readTo(end, then);
        });
    }

    /**
     * Waits so long for something to fold or to hear.
     *
     * @param then is told whether the owner wrote something
     */
    void follow(long micros, Consumer<Boolean> then) {
        applied = false;
        reader.poll(
                micros,
                records -> {
                    records.forEach(this::take);
                    then.accept(applied);
                });
    }

    /** As if what is before an offset had been read. */
    void skipTo(int offset) {
        reader.seek(world.topics().log(), offset);
    }

    private void take(Reader.Polled polled) {
        switch (polled.record()) {
            case LogRecord record -> fold(record);
            case Request request -> ear.accept(request);
            default -> throw new IllegalStateException(polled.toString());
        }
    }

    private void fold(LogRecord record) {
        PartitionLog.Outcome outcome = log.fold(asRead(record));
        switch (outcome.kind()) {
            case APPLIED -> {
                applied = true;
                keep(record, outcome.commands());
            }
            case APPLIED_AFTER_GAP ->
                    throw new Violation(OneOrder.class, "records are missing before " + record);
            case REPEATED, VOID -> {}
        }
    }

    private LogRecord asRead(LogRecord record) {
        if (!world.is(Sabotage.CLAIMS_NOT_HEEDED) || !(record instanceof LogRecord.Entry entry)) {
            return record;
        }
        SessionEvent event = entry.event();
        Stamp stamp = new Stamp(Math.max(log.epoch(), entry.epoch()), event.stamp().nowMicros());
        return Relay.copy(event, stamp, event.deliveries());
    }

    private void keep(LogRecord record, List<Command> commands) {
        switch (record) {
            case LogRecord.Entry _ -> {
                lastCommands.add(commands);
                int most =
                        world.is(Sabotage.COMMANDS_GIVEN_AGAIN_TOO_FEW)
                                ? 1
                                : world.weather().givenAgain();
                if (lastCommands.size() > most) {
                    lastCommands.remove();
                }
            }
            case LogRecord.Release _ -> lastCommands.clear();
            case LogRecord.Claim _ -> {}
        }
    }
}
