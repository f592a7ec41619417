package kontor.adapter.capture;

/** Why a frozen game goes on. */
public enum ThawCause {
    /** It was commanded. */
    COMMAND,
    /** Nobody thawed it within the time that the freeze allowed. */
    TIMEOUT,
    /** The adapter ends, or an earlier life of it ended without thawing the game. */
    ADAPTER_STOPPED
}
