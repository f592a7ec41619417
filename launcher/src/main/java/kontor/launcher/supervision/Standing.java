package kontor.launcher.supervision;

/** What a life of a process is among those of the same name; more than one only in a reload. */
public enum Standing {
    /** The one that is meant by the name. */
    IN_CHARGE,
    /** Stands by to follow the one in charge. */
    SUCCESSOR,
    /** Was in charge, and is ending. */
    PREDECESSOR
}
