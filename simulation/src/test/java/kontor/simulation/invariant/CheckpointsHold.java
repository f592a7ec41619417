package kontor.simulation.invariant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.orchestrator.ownership.Checkpoint;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.sequencer.LabCheckpoint;
import kontor.simulation.world.Saved;
import kontor.vocabulary.LabName;

/** ADR 0008. */
public final class CheckpointsHold implements Invariant {

    @Override
    public String sentence() {
        return "Each checkpoint that the log confirms says what folding the log up to there says";
    }

    @Override
    public void check(Evidence evidence) {
        List<LogRecord> records = evidence.topics().log().records();
        Map<Integer, Checkpoint> saved = new HashMap<>();
        for (Saved record : evidence.topics().state().records()) {
            if (record instanceof Saved.Whole(Checkpoint checkpoint, int offset)
                    && offset < records.size()
                    && checkpoint.last().isOf(records.get(offset))) {
                saved.put(offset, checkpoint);
            }
        }
        PartitionLog log = new PartitionLog();
        for (int offset = 0; offset < records.size(); offset++) {
            log.fold(records.get(offset));
            Checkpoint checkpoint = saved.get(offset);
            if (checkpoint != null && !isSame(checkpoint, log.checkpoint())) {
                throw new Violation(
                        CheckpointsHold.class,
                        "at %d the checkpoint says %s, the log %s"
                                .formatted(offset, checkpoint, log.checkpoint()));
            }
        }
    }

    private static boolean isSame(Checkpoint checkpoint, Optional<Checkpoint> folded) {
        return folded.filter(known -> plain(known).equals(plain(checkpoint))).isPresent();
    }

    /** Without the time of the last activity: an owner that waits for its broker moves it. */
    private static Checkpoint plain(Checkpoint checkpoint) {
        Map<LabName, LabCheckpoint> labs = new HashMap<>();
        checkpoint
                .labs()
                .forEach((name, lab) ->
                        labs.put(
                                name,
                                new LabCheckpoint(
                                        lab.runs(),
                                        lab.openFlows(),
                                        lab.closedFlows(),
                                        lab.sessions(),
                                        lab.session(),
                                        lab.ordinal(),
                                        0,
                                        lab.rules(),
                                        lab.rewriting())));
        return new Checkpoint(
                checkpoint.last(),
                checkpoint.epoch(),
                checkpoint.owner(),
                checkpoint.nextOffsets(),
                labs);
    }
}
