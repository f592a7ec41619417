package kontor.orchestrator.reload;

/** How far a reload is; in the order of control_event.proto, which says what each is for. */
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
