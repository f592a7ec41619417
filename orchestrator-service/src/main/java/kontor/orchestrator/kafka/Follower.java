package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import kontor.control.v1.ControlEvent;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.ownership.PartitionLog.Kind;
import kontor.orchestrator.sequencer.Command;
import kontor.topics.Records;
import kontor.topics.UndecodableRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds a partition's session log while another owns it, and hears what is said beside it. Whoever
 * claims next has only its claim left to read.
 *
 * <p>Runs on the owner's thread.
 */
final class Follower implements SessionLogReader.Sink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final SessionLogReader reader;
    private final OrchestratorSettings settings;
    private final SequencerMetrics metrics;
    private final java.util.function.Consumer<ControlEvent> ear;
    private final PartitionLog log;
    private final Queue<List<Command>> lastCommands = new ArrayDeque<>();
    private long folded;
    private boolean applied;

    /**
     * @param log what the log says before that which the reader reads
     * @param reader taken over
     * @param ear gets the control records that can be read
     */
    Follower(
            PartitionLog log,
            SessionLogReader reader,
            OrchestratorSettings settings,
            SequencerMetrics metrics,
            java.util.function.Consumer<ControlEvent> ear) {
        this.log = log;
        this.reader = reader;
        this.settings = settings;
        this.metrics = metrics;
        this.ear = ear;
    }

    /** Folded as far as was read. */
    PartitionLog log() {
        return log;
    }

    /** The commands of the last session events: those that may not have reached the broker. */
    Collection<List<Command>> lastCommands() {
        return Collections.unmodifiableCollection(lastCommands);
    }

    /** How many records were read. */
    long folded() {
        return folded;
    }

    /** Blocks until all that is in the log now is folded, or until it is not to go on. */
    void catchUp(BooleanSupplier goOn) throws InterruptedException {
        readTo(reader.end(), goOn);
    }

    /** Blocks until all records before {@code end} are folded, or until it is not to go on. */
    void readTo(long end, BooleanSupplier goOn) throws InterruptedException {
        while (goOn.getAsBoolean() && reader.position() < end) {
            boolean _ = follow(settings.pollTimeout());
        }
    }

    /**
     * Waits so long for something to fold or to hear.
     *
     * @return whether the owner wrote something
     * @throws InterruptedException where the thread is interrupted
     */
    boolean follow(Duration patience) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("while following the session log");
        }
        applied = false;
        try {
            reader.poll(patience, this);
        } catch (WakeupException e) {
            LOG.debug("woken", e);
        }
        return applied;
    }

    @Override
    public void log(LogRecord record, long offset) {
        PartitionLog.Outcome outcome = log.fold(record);
        folded++;
        metrics.add(SequencerMetric.LOG_FOLDED, 1);
        switch (outcome.kind()) {
            case APPLIED -> keep(record, outcome.commands());
            case APPLIED_AFTER_GAP -> {
                LOG.error("Records are missing in the session log before {}", record);
                metrics.add(SequencerMetric.LOG_GAPS, 1);
                keep(record, outcome.commands());
            }
            case REPEATED, VOID -> LOG.debug("{}: {}", outcome.kind(), record);
        }
        applied |= outcome.kind() == Kind.APPLIED || outcome.kind() == Kind.APPLIED_AFTER_GAP;
    }

    private void keep(LogRecord record, List<Command> commands) {
        switch (record) {
            case LogRecord.Entry _ -> {
                lastCommands.add(commands);
                if (lastCommands.size() > settings.reissueEvents()) {
                    lastCommands.remove();
                }
            }
            // The broker has what was called for before.
            case LogRecord.Release _ -> lastCommands.clear();
            case LogRecord.Claim _ -> {}
        }
    }

    @Override
    public void control(ConsumerRecord<String, byte[]> record) {
        try {
            ear.accept(Records.controlEvent(record));
        } catch (UndecodableRecordException e) {
            // The owner counts and tells it.
            LOG.debug("not understood", e);
        }
    }

    /** May be called by any thread: ends a wait. */
    void wakeUp() {
        reader.wakeUp();
    }

    @Override
    public void close() {
        // An interrupt that is still pending would make closing fail.
        boolean interrupted = Thread.interrupted();
        reader.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
