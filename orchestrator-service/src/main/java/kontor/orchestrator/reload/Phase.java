package kontor.orchestrator.reload;

/** A phase of a reload, in the order of control_event.proto, which describes each. */
public enum Phase {
    ANNOUNCED,
    FREEZING,
    RESTARTING,
    HANDING_OVER,
    VERIFYING,
    THAWING,
    COMPLETED,
    FAILED;

    /** Nothing follows. */
    public boolean isFinal() {
        return this == COMPLETED || this == FAILED;
    }

    boolean isBehind(Phase other) {
        return compareTo(other) > 0;
    }

    /** In these a game may stand still for the reload's sake. */
    boolean mayFreeze() {
        return isBehind(ANNOUNCED) && !isBehind(VERIFYING);
    }
}
