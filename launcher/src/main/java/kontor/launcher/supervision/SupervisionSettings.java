package kontor.launcher.supervision;

import java.time.Duration;

/**
 * @param startingAtOnce how many processes may be starting for the first time at the same time, 1
 *     or more
 * @param startTimeout from the decision to start a process to its being ready
 * @param stopPatience times as long as its role allows may a process take to end, 1 or more
 * @param attemptPause between two attempts to start a process
 * @param standby whether a second orchestrator stands by all the time
 */
public record SupervisionSettings(
        int startingAtOnce,
        Duration startTimeout,
        int stopPatience,
        Duration attemptPause,
        RestartPolicy restartPolicy,
        boolean standby) {

    /** A JVM that starts is busy; a few more than there are cores fill the pauses. */
    public static SupervisionSettings usual(int cores) {
        return new SupervisionSettings(
                cores + 1,
                Duration.ofMinutes(2),
                1,
                Duration.ofMillis(500),
                new RestartPolicy.Never(),
                false);
    }

    public SupervisionSettings withStartTimeout(Duration timeout) {
        return new SupervisionSettings(
                startingAtOnce, timeout, stopPatience, attemptPause, restartPolicy, standby);
    }

    public SupervisionSettings withRestartPolicy(RestartPolicy policy) {
        return new SupervisionSettings(
                startingAtOnce, startTimeout, stopPatience, attemptPause, policy, standby);
    }

    public SupervisionSettings withStopPatience(int times) {
        return new SupervisionSettings(
                startingAtOnce, startTimeout, times, attemptPause, restartPolicy, standby);
    }

    public SupervisionSettings withStandby(boolean wanted) {
        return new SupervisionSettings(
                startingAtOnce, startTimeout, stopPatience, attemptPause, restartPolicy, wanted);
    }
}
