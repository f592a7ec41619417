package kontor.launcher.supervision;

import kontor.launcher.plan.ProcessSpec;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one process.
 *
 * @param spec that of its present or next life
 * @param life 1, 2, 3 ... each time it is started; 0 before
 * @param identity of its present or last life; null before the first
 * @param changedNanos when the phase began
 * @param readyAfterNanos from the decision to start it to ready; null before
 * @param exitCode of its last life; above 128: killed by signal (exitCode - 128)
 * @param note what a person should know
 */
public record ProcessState(
        ProcessSpec spec,
        Standing standing,
        Phase phase,
        int life,
        @Nullable ProcessIdentity identity,
        long changedNanos,
        @Nullable Long readyAfterNanos,
        @Nullable Integer exitCode,
        @Nullable String note) {

    /** Several of one name only where their standing differs. */
    public String name() {
        return spec.name();
    }
}
