package kontor.adapter.relay;

/** What became of a command. */
public enum CommandOutcome {
    /** Handed to the operating system for the game. */
    DONE,
    /** At least one of its actions could not be carried out. */
    FAILED,
    /** It was for another run. */
    STALE_RUN,
    /** It was an earlier owner's, after a later one had spoken. */
    STALE_OWNER
}
