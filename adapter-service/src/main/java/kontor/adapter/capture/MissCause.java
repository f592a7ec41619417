package kontor.adapter.capture;

/** Why datagrams could not be kept. */
public enum MissCause {
    /** The operating system's receive buffer was full. */
    SOCKET_BUFFER,
    /** The adapter's spool was full. */
    SPOOL_FULL
}
