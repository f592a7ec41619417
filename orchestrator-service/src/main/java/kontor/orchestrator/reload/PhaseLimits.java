package kontor.orchestrator.reload;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kontor.orchestrator.reload.LabReloads.Running;

/**
 * How long each phase may take. All but the first are deadlines with a way back to a running
 * system; {@code announced} is simply how long everybody is left to notice.
 *
 * @param verifying for how long the gateway may say nothing
 */
public record PhaseLimits(
        Duration announced,
        Duration freezing,
        Duration restarting,
        Duration handingOver,
        Duration verifying,
        Duration thawing) {

    /** Until a thaw by command has surely come, once the deadlines have been used up. */
    private static final long FREEZE_SLACK_MICROS = TimeUnit.SECONDS.toMicros(5);

    /** So many times as long a report is waited for while the journal gets on. */
    private static final int MOST_VERIFYING = 8;

    /** The longest that a reload can take. */
    public Duration sum() {
        return announced
                .plus(freezing)
                .plus(restarting)
                .plus(handingOver)
                .plus(verifying.multipliedBy(MOST_VERIFYING))
                .plus(thawing);
    }

    /**
     * Until when the report of a reload in VERIFYING is waited for. Each word that it will come
     * begins the time anew, up to a bound, for a journal that is far behind on a machine with much
     * to do is no fault. Not while games stand still: their freeze ends by itself.
     */
    long verifiedBy(Running running) {
        ReloadStatus status = running.status();
        if (status.freeze()) {
            return status.deadlineMicros();
        }
        long atMost = status.sinceMicros() + MOST_VERIFYING * micros(verifying);
        long anew = Math.min(running.awaitedMicros() + micros(verifying), atMost);
        return Math.max(status.deadlineMicros(), anew);
    }

    long micros(Phase phase) {
        return switch (phase) {
            case ANNOUNCED -> micros(announced);
            case FREEZING -> micros(freezing);
            case RESTARTING -> micros(restarting);
            case HANDING_OVER -> micros(handingOver);
            case VERIFYING -> micros(verifying);
            case THAWING -> micros(thawing);
            case COMPLETED, FAILED -> 0;
        };
    }

    /** A game that is frozen now goes on by itself after so long: no reload can still need it. */
    int freezeAtMostMillis(long freezingDeadlineMicros, long nowMicros) {
        long micros =
                Math.max(0, freezingDeadlineMicros - nowMicros)
                        + micros(restarting)
                        + micros(handingOver)
                        + micros(verifying)
                        + FREEZE_SLACK_MICROS;
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, TimeUnit.MICROSECONDS.toMillis(micros)));
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}
