package kontor.orchestrator.ownership;

import java.util.List;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.LabState;
import kontor.vocabulary.LabName;

/**
 * Takes a partition over whose log is folded: appends a claim, reads up to it, fences the adapters
 * and sends the last commands again. Once the broker has acknowledged those, it has every command
 * that any session event of the log calls for.
 */
final class Takeover {

    private final Follower follower;
    private final LogRecord.Claim claim;
    private long offset = -1;

    Takeover(Follower follower, String processId, long nowMicros) {
        this.follower = follower;
        this.claim = new LogRecord.Claim(processId, follower.log().epoch() + 1, nowMicros);
    }

    LogRecord.Claim claim() {
        return claim;
    }

    /** The offset of the claim. */
    long offset() {
        return offset;
    }

    void appended(long at) {
        offset = at;
    }

    /**
     * @param position offset of the record of the log that is read next
     */
    boolean isClaimRead(long position) {
        return position > offset;
    }

    /** Once the claim is read: whether it counts, and not that of another who was first. */
    boolean isOwner() {
        PartitionLog log = follower.log();
        return log.isOwnedBy(claim.ownerId()) && log.epoch() == claim.epoch();
    }

    /**
     * What a predecessor sends to an adapter behind its fence counts no longer. An instance of
     * which no run is live gets one too: its next run looks for it.
     */
    int fence(Outbox out) {
        PartitionLog log = follower.log();
        int fences = 0;
        for (LabName lab : log.labs()) {
            for (LabState.Target target : log.lab(lab).newestRuns(lab)) {
                Command fence =
                        new Command(lab, target.instance(), target.run(), 0, null, 0, 0, List.of());
                out.send(new Message.Order(fence, log.epoch(), 0));
                fences++;
            }
        }
        return fences;
    }

    /** Adapters drop what they have already. */
    int reissue(Outbox out) {
        int reissued = 0;
        for (List<Command> commands : follower.lastCommands()) {
            for (Command command : commands) {
                out.send(new Message.Order(command, follower.log().epoch(), 0));
                reissued++;
            }
        }
        return reissued;
    }
}
