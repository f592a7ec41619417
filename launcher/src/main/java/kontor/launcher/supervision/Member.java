package kontor.launcher.supervision;

import kontor.launcher.plan.ProcessSpec;
import org.jspecify.annotations.Nullable;

/** The mutable state of one process; belongs to {@link Supervision}. */
final class Member {

    ProcessSpec spec;
    Standing standing;
    Phase phase = Phase.WAITING;
    int life;

    /** Starts since it was last ready. */
    int attempts;

    /** Starts by the restart policy in a row. */
    int restarts;

    /** What others need of it has been made; from then on they cope without it. */
    boolean hasBeenReady;

    /** It is being killed for not becoming ready. */
    boolean givenUp;

    /** It is being killed on request and is not restarted. */
    boolean killed;

    long changedNanos;
    long notBeforeNanos;

    /** The highest epoch with which its present life said that it owns the log; 0 before. */
    long ownerEpoch;

    /** What its next life is to be like, once this one has ended. */
    @Nullable ProcessSpec next;

    /** What it was like before, until this life has shown that it can become ready. */
    @Nullable ProcessSpec former;

    /** It is what it was before a reload again: what was built then never became ready. */
    boolean fellBack;

    /** Of the reload for which it was started. */
    @Nullable String reloadId;

    @Nullable ProcessIdentity identity;
    @Nullable String processId;
    @Nullable Long readyAfterNanos;
    @Nullable Integer exitCode;
    @Nullable String note;

    Member(ProcessSpec spec, Standing standing, long nowNanos) {
        this.spec = spec;
        this.standing = standing;
        this.changedNanos = nowNanos;
        this.notBeforeNanos = nowNanos;
    }

    String name() {
        return spec.name();
    }

    void enter(Phase next, long nowNanos) {
        phase = next;
        changedNanos = nowNanos;
    }

    void pauseUntil(long untilNanos, long nowNanos) {
        notBeforeNanos = untilNanos;
        enter(Phase.WAITING, nowNanos);
    }

    /** Forgets its last life. */
    void begin(int number, long nowNanos) {
        life = number;
        attempts++;
        givenUp = false;
        killed = false;
        ownerEpoch = 0;
        identity = null;
        processId = null;
        exitCode = null;
        readyAfterNanos = null;
        note = standingNote();
        enter(Phase.STARTING, nowNanos);
    }

    /** What is to be known of all its lives until it is reloaded again. */
    @Nullable String standingNote() {
        return fellBack
                ? "restarted from the previous build, as the current one does not start"
                : null;
    }

    ProcessState state() {
        return new ProcessState(
                spec,
                standing,
                phase,
                life,
                identity,
                changedNanos,
                readyAfterNanos,
                exitCode,
                note);
    }
}
