package kontor.orchestrator.kafka;

import kontor.control.v1.ControlEvent;
import kontor.control.v1.ServiceState;
import kontor.topics.ServiceLife;

/**
 * What this process says of itself in one partition of {@code kontor.control}, and how often.
 *
 * <p>Used by one thread.
 */
final class SignOfLife {

    private final ServiceLife life;
    private final long intervalNanos;
    private long nextNanos;

    /** The first one is due at once. */
    SignOfLife(ServiceLife life, OrchestratorSettings settings) {
        this.life = life;
        this.intervalNanos = settings.signInterval().toNanos();
        this.nextNanos = System.nanoTime();
    }

    /** Whether it is time for the next one; the one after it is then due an interval later. */
    boolean isDue(long nowNanos) {
        if (nowNanos - nextNanos < 0) {
            return false;
        }
        nextNanos = nowNanos + intervalNanos;
        return true;
    }

    /** That of the partition's owner. */
    ControlEvent ready(long epoch) {
        return life.says(ServiceState.SERVICE_STATE_READY, epoch);
    }

    ControlEvent standby() {
        return life.says(ServiceState.SERVICE_STATE_STANDBY, 0);
    }

    /** The last one. */
    ControlEvent stopping() {
        return life.says(ServiceState.SERVICE_STATE_STOPPING, 0);
    }
}
