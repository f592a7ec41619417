package kontor.launcher.supervision;

import java.time.Duration;

/** What follows when a process ends without having been asked to. */
public sealed interface RestartPolicy {

    /** It stays away until somebody starts it; a process that never became ready is tried again. */
    record Never() implements RestartPolicy {}

    /**
     * It is started again: at once the first time, then after a pause that doubles each time.
     *
     * @param firstPause before the second start in a row
     * @param longestPause the bound of all
     * @param calm a life that was ready for so long begins a new row
     */
    record Always(Duration firstPause, Duration longestPause, Duration calm)
            implements RestartPolicy {

        /**
         * As a person would who stands beside it: what was well for a moment is no hopeless case.
         */
        public static final Always USUAL =
                new Always(Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(5));

        /** Doublings before any bound that makes sense is reached, and none overflows. */
        private static final int MOST_DOUBLINGS = 20;

        /**
         * @param before how many starts in a row there were before this one
         */
        Duration pause(int before) {
            if (before == 0) {
                return Duration.ZERO;
            }
            Duration pause = firstPause.multipliedBy(1L << Math.min(before - 1, MOST_DOUBLINGS));
            return pause.compareTo(longestPause) < 0 ? pause : longestPause;
        }
    }
}
