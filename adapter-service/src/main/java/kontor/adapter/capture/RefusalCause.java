package kontor.adapter.capture;

/** Why a connection to the game did not come about. */
public enum RefusalCause {
    /** The game's machine answered with a reset: nobody listens there. */
    REFUSED,
    /** Nobody answered in time. */
    TIMED_OUT,
    /** No route, or the adapter could not make a socket. */
    UNREACHABLE
}
