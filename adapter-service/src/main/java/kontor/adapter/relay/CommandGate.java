package kontor.adapter.relay;

import kontor.vocabulary.RunId;

/**
 * Decides which commands are carried out: those of this run, in rising and gapless sequence, each
 * once, and none of an owner after a later one has spoken, to this run or to an earlier one of its
 * instance. Run and owner are asked of commands outside the numbering as well.
 */
final class CommandGate {

    /** What to do with a command. */
    enum Admission {
        EXECUTE,
        /** Stands outside the numbering and may be repeated: its executor must expect that. */
        UNNUMBERED,
        /** We had it before. */
        DROP,
        STALE_RUN,
        STALE_OWNER,
        /** One before it is missing, which must not happen. */
        GAP
    }

    private final String run;
    private long latestSequence;
    private long highestEpoch;

    CommandGate(RunId run) {
        this.run = run.toString();
    }

    /** The command counts as carried out if the answer is {@link Admission#EXECUTE}. */
    Admission admit(Command command) {
        boolean isOver = command.ownerEpoch() < highestEpoch;
        fence(command.ownerEpoch());
        if (!command.targetRun().equals(run)) {
            return Admission.STALE_RUN;
        }
        if (isOver) {
            return Admission.STALE_OWNER;
        }
        if (command.unnumbered()) {
            return Admission.UNNUMBERED;
        }
        if (command.sequence() <= latestSequence) {
            // A fence has sequence 0 and ends here as well: its epoch counts.
            return Admission.DROP;
        }
        if (command.sequence() != latestSequence + 1) {
            return Admission.GAP;
        }
        latestSequence = command.sequence();
        return Admission.EXECUTE;
    }

    /**
     * An owner with this epoch has spoken to the instance, if to another run: none before it
     * counts.
     */
    void fence(long epoch) {
        highestEpoch = Math.max(highestEpoch, epoch);
    }

    /** Highest sequence admitted, 0 before the first. */
    long latestSequence() {
        return latestSequence;
    }
}
