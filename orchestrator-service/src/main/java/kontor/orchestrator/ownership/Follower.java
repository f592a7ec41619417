package kontor.orchestrator.ownership;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import kontor.orchestrator.ownership.PartitionLog.Kind;
import kontor.orchestrator.sequencer.Command;

/**
 * Folds a partition's session log while another owns it, and keeps the commands that may not have
 * reached the broker. If this process claims next, only its claim is left to be read.
 */
final class Follower {

    private final PartitionLog log;
    private final int reissueEvents;
    private final Queue<List<Command>> lastCommands = new ArrayDeque<>();
    private long folded;
    private boolean applied;

    /**
     * @param log what the log says before that which is followed
     * @param reissueEvents of how many session events the commands are kept
     */
    Follower(PartitionLog log, int reissueEvents) {
        this.log = log;
        this.reissueEvents = reissueEvents;
    }

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

    /** Whether something that counts was read since this was last asked. */
    boolean takeApplied() {
        boolean wrote = applied;
        applied = false;
        return wrote;
    }

    Kind take(LogRecord record) {
        PartitionLog.Outcome outcome = log.fold(record);
        folded++;
        switch (outcome.kind()) {
            case APPLIED, APPLIED_AFTER_GAP -> {
                applied = true;
                keep(record, outcome.commands());
            }
            case REPEATED, VOID -> {}
        }
        return outcome.kind();
    }

    private void keep(LogRecord record, List<Command> commands) {
        switch (record) {
            case LogRecord.Entry _ -> {
                lastCommands.add(commands);
                if (lastCommands.size() > reissueEvents) {
                    lastCommands.remove();
                }
            }
            // The broker has what was called for before.
            case LogRecord.Release _ -> lastCommands.clear();
            case LogRecord.Claim _ -> {}
        }
    }
}
