package kontor.local.supervision;

import kontor.local.plan.ProcessSpec;
import org.jspecify.annotations.Nullable;

/** The mutable state of one process; belongs to {@link Supervision}. */
final class Member {

    final ProcessSpec spec;
    Phase phase = Phase.WAITING;
    int life;
    int attempts;

    /** What others need of it has been made; from then on they cope without it. */
    boolean hasBeenReady;

    /** It is being killed and is not to be tried again. */
    boolean givenUp;

    long changedNanos;
    long notBeforeNanos;
    @Nullable ProcessIdentity identity;
    @Nullable Long readyAfterNanos;
    @Nullable Integer exitCode;
    @Nullable String note;

    Member(ProcessSpec spec, long nowNanos) {
        this.spec = spec;
        this.changedNanos = nowNanos;
        this.notBeforeNanos = nowNanos;
    }

    void enter(Phase next, long nowNanos) {
        phase = next;
        changedNanos = nowNanos;
    }

    ProcessState state() {
        return new ProcessState(
                spec.name(), phase, life, identity, changedNanos, readyAfterNanos, exitCode, note);
    }
}
