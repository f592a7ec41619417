package kontor.orchestrator.ownership;

import java.util.ArrayDeque;
import java.util.Deque;
import kontor.orchestrator.ownership.OwnerInput.Control;
import kontor.orchestrator.reload.Input.ProcessHeard;
import kontor.orchestrator.reload.Input.ProcessState;

/**
 * Waits for a partition to need an owner: hears the present one's signs of life, and says now and
 * then that it is there.
 *
 * <p>It says the next word only when it has heard the one before, for what it hears of itself tells
 * it that the broker answers: silence counts only then.
 */
final class Standby {

    /** More than end between an owner's claim and the moment at which it is folded. */
    private static final int ENDED_KEPT = 16;

    private final OwnerRules rules;
    private final Tenure tenure;
    private final SignSchedule signs;
    private boolean awaitsWord;
    private long saidNanos;
    private long epoch;

    /** Processes that were seen to end, the newest last; whether one of them owns, the log says. */
    private final Deque<String> ended = new ArrayDeque<>();

    Standby(OwnerRules rules, Tenure tenure, long nowNanos) {
        this.rules = rules;
        this.tenure = tenure;
        this.signs = new SignSchedule(rules.signInterval(), nowNanos);
    }

    /** Says a word where it is time for one; what is heard next is heard beside this epoch. */
    void lookUp(long knownEpoch, Outbox out, long nowNanos) {
        if (!awaitsWord && signs.isDue(nowNanos)) {
            awaitsWord = true;
            saidNanos = nowNanos;
            out.send(new Message.Sign(ProcessState.STANDBY, 0));
        }
        epoch = knownEpoch;
    }

    void hear(Control control, long nowNanos) {
        switch (control) {
            case Control.Heard heard when heard.own() -> {
                awaitsWord = false;
                tenure.on(new Tenure.Input.OwnWordHeard(saidNanos, nowNanos));
            }
            case Control.Heard(ProcessHeard process, boolean _) when isOwners(process) ->
                    tenure.on(new Tenure.Input.OwnerHeard(nowNanos));
            case Control.Ended(String process) -> {
                ended.addLast(process);
                if (ended.size() > ENDED_KEPT) {
                    ended.removeFirst();
                }
            }
            case Control.Heard _, Control.Asked _ -> {}
        }
    }

    /** A zombie that does not know yet that it owns no longer does not count. */
    private boolean isOwners(ProcessHeard process) {
        return process.service().equals(rules.service())
                && process.state() == ProcessState.READY
                && process.ownerEpoch() >= Math.max(1, epoch);
    }

    /** Whether the process that owns was seen to end. */
    boolean hasOwnerEnded(PartitionLog log) {
        return ended.stream().anyMatch(log::isOwnedBy);
    }
}
