package kontor.orchestrator.kafka;

import java.util.List;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.LabState;
import kontor.topics.Records;
import kontor.topics.ServiceLife;
import kontor.vocabulary.LabName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a partition over whose log is folded: appends a claim, reads up to it, fences the adapters
 * and gives the last commands again. Afterwards the broker has every command that any session event
 * of the log calls for.
 */
final class Takeover {

    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private final int partition;
    private final ServiceLife life;
    private final Follower follower;
    private final RecordSender sender;
    private final SequencerMetrics metrics;

    Takeover(
            int partition,
            ServiceLife life,
            Follower follower,
            RecordSender sender,
            SequencerMetrics metrics) {
        this.partition = partition;
        this.life = life;
        this.follower = follower;
        this.sender = sender;
        this.metrics = metrics;
    }

    /**
     * Blocks until the own claim is read, and where it counts until the partition is owned.
     *
     * @return the offset of the own claim; -1 where another was first
     */
    long perform() throws InterruptedException {
        PartitionLog log = follower.log();
        long claimedAt = WallClock.nowMicros();
        String ownerId = life.processId().toString();
        LogRecord.Claim claim = new LogRecord.Claim(ownerId, log.epoch() + 1, claimedAt);
        long offset =
                sender.sendAndWait(
                        Records.of(
                                SessionEventMapping.write(claim, life.softwareVersion()),
                                partition));
        follower.readTo(offset + 1, () -> true);
        if (!log.isOwnedBy(ownerId) || log.epoch() != claim.epoch()) {
            LOG.info("Partition {}: another claimed epoch {} first", partition, log.epoch());
            return -1;
        }
        int fences = fence(log);
        int reissued = reissue(log);
        sender.awaitAll();
        LOG.info(
                "Owning partition {} with epoch {} after {} ms: {} records folded, {} adapters"
                        + " fenced, {} commands given again",
                partition,
                log.epoch(),
                (WallClock.nowMicros() - claimedAt) / 1_000,
                follower.folded(),
                fences,
                reissued);
        return offset;
    }

    private int fence(PartitionLog log) throws InterruptedException {
        int fences = 0;
        for (LabName lab : log.labs()) {
            for (LabState.Target target : log.lab(lab).targets()) {
                Command fence =
                        new Command(lab, target.instance(), target.run(), 0, null, 0, 0, List.of());
                sender.send(Records.of(CommandMapping.write(fence, log.epoch(), 0)));
                fences++;
            }
        }
        return fences;
    }

    private int reissue(PartitionLog log) throws InterruptedException {
        int reissued = 0;
        for (List<Command> commands : follower.lastCommands()) {
            for (Command command : commands) {
                sender.send(Records.of(CommandMapping.write(command, log.epoch(), 0)));
                reissued++;
            }
        }
        metrics.add(SequencerMetric.REISSUED, reissued);
        return reissued;
    }
}
