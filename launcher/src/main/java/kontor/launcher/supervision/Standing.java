package kontor.launcher.supervision;

/** What a life of a process is among those of the same name. */
public enum Standing {
    /** The one that is meant by the name. */
    IN_CHARGE,
    /** Stands by all the time, to take over should the one in charge die. */
    STANDBY,
    /** Stands by to follow the one in charge in a reload. */
    SUCCESSOR,
    /** Was in charge, and is ending. */
    PREDECESSOR
}
