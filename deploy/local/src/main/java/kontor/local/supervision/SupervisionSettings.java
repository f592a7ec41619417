package kontor.local.supervision;

import java.time.Duration;

/**
 * @param startingAtOnce how many processes may be starting at the same time, 1 or more
 * @param startTimeout from the decision to start a process to its being ready
 * @param attemptPause between two attempts to start a process
 */
public record SupervisionSettings(
        int startingAtOnce,
        Duration startTimeout,
        Duration attemptPause,
        RestartPolicy restartPolicy) {

    /** A JVM that starts is busy; a few more than there are cores fill the pauses. */
    public static SupervisionSettings usual(int cores) {
        return new SupervisionSettings(
                cores + 1,
                Duration.ofMinutes(2),
                Duration.ofMillis(500),
                new RestartPolicy.Never());
    }

    public SupervisionSettings withStartTimeout(Duration timeout) {
        return new SupervisionSettings(startingAtOnce, timeout, attemptPause, restartPolicy);
    }
}
