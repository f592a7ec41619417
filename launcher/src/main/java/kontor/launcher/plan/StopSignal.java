package kontor.launcher.plan;

/** How a process is asked to end. */
public enum StopSignal {
    TERM,
    /** PostgreSQL's fast shutdown; TERM would have it wait for its clients. */
    INT
}
