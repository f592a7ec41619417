package kontor.orchestrator.kafka;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.LabState;
import kontor.topics.Records;
import kontor.vocabulary.LabName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a partition over: folds its session log, appends a claim, reads up to it, fences the
 * adapters and gives the last commands again. Afterwards the broker has every command that any
 * session event of the log calls for.
 */
final class Takeover {

    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private final int partition;
    private final OrchestratorSettings settings;
    private final Owner owner;
    private final SequencerMetrics metrics;
    private final PartitionLog log = new PartitionLog();
    private final Queue<List<Command>> lastCommands = new ArrayDeque<>();
    private long folded;

    /** Who claims: one life of one process. */
    record Owner(String id, String softwareVersion) {}

    Takeover(int partition, OrchestratorSettings settings, Owner owner, SequencerMetrics metrics) {
        this.partition = partition;
        this.settings = settings;
        this.owner = owner;
        this.metrics = metrics;
    }

    /**
     * Blocks until the partition is owned.
     *
     * @param reader at the beginning of the log; behind the own claim afterwards
     * @return the log, folded up to the own claim
     * @throws DisplacedException where another owner claimed at the same time and was first
     */
    PartitionLog perform(SessionLogReader reader, RecordSender sender) throws InterruptedException {
        reader.readTo(reader.end(), this::fold);
        LogRecord.Claim claim =
                new LogRecord.Claim(owner.id(), log.epoch() + 1, WallClock.nowMicros());
        long offset =
                sender.sendAndWait(
                        Records.of(
                                SessionEventMapping.write(claim, owner.softwareVersion()),
                                partition));
        reader.readTo(offset + 1, this::fold);
        if (!log.isOwnedBy(owner.id()) || log.epoch() != claim.epoch()) {
            throw new DisplacedException("another", log.epoch());
        }
        int fences = fence(sender);
        int reissued = reissue(sender);
        sender.awaitAll();
        LOG.info(
                "Owning partition {} with epoch {}: {} records folded, {} adapters fenced,"
                        + " {} commands given again",
                partition,
                log.epoch(),
                folded,
                fences,
                reissued);
        return log;
    }

    private void fold(LogRecord record) {
        PartitionLog.Outcome outcome = log.fold(record);
        folded++;
        switch (outcome.kind()) {
            case APPLIED -> keep(record, outcome.commands());
            case APPLIED_AFTER_GAP -> {
                LOG.error("Records are missing in the session log before {}", record);
                metrics.add(SequencerMetric.LOG_GAPS, 1);
                keep(record, outcome.commands());
            }
            case REPEATED, VOID -> LOG.debug("{}: {}", outcome.kind(), record);
        }
    }

    private void keep(LogRecord record, List<Command> commands) {
        if (record instanceof LogRecord.Entry) {
            lastCommands.add(commands);
            if (lastCommands.size() > settings.reissueEvents()) {
                lastCommands.remove();
            }
        }
    }

    private int fence(RecordSender sender) throws InterruptedException {
        int fences = 0;
        for (LabName lab : log.labs()) {
            for (LabState.Target target : log.lab(lab).targets()) {
                Command fence =
                        new Command(lab, target.instance(), target.run(), 0, null, 0, 0, List.of());
                sender.send(Records.of(CommandMapping.write(fence, log.epoch())));
                fences++;
            }
        }
        return fences;
    }

    private int reissue(RecordSender sender) throws InterruptedException {
        int reissued = 0;
        for (List<Command> commands : lastCommands) {
            for (Command command : commands) {
                sender.send(Records.of(CommandMapping.write(command, log.epoch())));
                reissued++;
            }
        }
        metrics.add(SequencerMetric.REISSUED, reissued);
        return reissued;
    }
}
