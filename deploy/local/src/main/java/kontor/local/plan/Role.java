package kontor.local.plan;

import java.time.Duration;

/**
 * What a process is in the stack. In the order of starting; stopping goes the other way round, one
 * role after the other, so that what a process says last still finds somebody who listens.
 */
public enum Role {
    DATABASE(Duration.ofSeconds(15)),
    BROKER(Duration.ofSeconds(15)),
    SERVICE(Duration.ofSeconds(10)),
    ADAPTER(Duration.ofSeconds(10));

    private final Duration stopTimeout;

    Role(Duration stopTimeout) {
        this.stopTimeout = stopTimeout;
    }

    /** How long a process of this role may take to end before it is killed. */
    public Duration stopTimeout() {
        return stopTimeout;
    }
}
