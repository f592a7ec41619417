package kontor.launcher.plan;

import java.time.Duration;

/**
 * What a process is in the stack. In the order of starting; stopping goes the other way round, one
 * role after the other, so that what a process says last still finds somebody who listens.
 */
public enum Role {
    DATABASE(Duration.ofSeconds(15), Role.BEHIND_THE_RELAY),
    BROKER(Duration.ofSeconds(15), 0),
    ORCHESTRATOR(Duration.ofSeconds(10), 0),
    SERVICE(Duration.ofSeconds(10), Role.BEHIND_THE_RELAY),
    ADAPTER(Duration.ofSeconds(10), Role.BEFORE_THE_RELAY);

    /** Where processors are few, observers must not take them from the packet path. */
    private static final int BEHIND_THE_RELAY = 10;

    /**
     * Where the machine is full, what comes in must not take the processors from what drains it:
     * adapters that run less often put more packets into a request.
     */
    private static final int BEFORE_THE_RELAY = 5;

    private final Duration stopTimeout;
    private final int niceness;

    Role(Duration stopTimeout, int niceness) {
        this.stopTimeout = stopTimeout;
        this.niceness = niceness;
    }

    /**
     * How far it steps back where processors are few, once it is ready: 0 to 19, as nice(1) has it.
     */
    public int niceness() {
        return niceness;
    }

    /** How long a process of this role may take to end before it is killed. */
    public Duration stopTimeout() {
        return stopTimeout;
    }
}
