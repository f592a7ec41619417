package kontor.simulation;

/** What can happen to a cluster. */
enum Fault {
    ADAPTER_KILLED(2),
    ADAPTER_STOPPED(1),
    ADAPTER_PAUSED(3),
    ADAPTER_CLIENT_FAILS(2),
    OWNER_KILLED(5),
    /** Like SIGSTOP; often another one takes over meanwhile, and it wakes up as a zombie. */
    OWNER_PAUSED(5),
    OWNER_CLIENT_FAILS(3),
    SECOND_OWNER(3),
    STANDBY_STARTED(3),
    OWNER_STOPPED(2),
    /** A planned one, of the orchestrator; every other one with the games frozen. */
    RELOAD(8),
    /**
     * The next phase of a reload begins, and one of the two processes does not live to see more.
     */
    RELOAD_STRUCK(5),
    /** The newest checkpoint is an older one, damaged, or of another log. */
    CHECKPOINT_SPOILT(3),
    BROKER_KILLED(2),
    BROKER_SLOW(2),
    DATABASE_KILLED(3),
    GAME_PAUSED(1);

    private final int weight;

    Fault(int weight) {
        this.weight = weight;
    }

    /** How often it comes beside the others, usually. */
    int weight() {
        return weight;
    }
}
