package kontor.adapter.capture;

/** Why datagrams were lost. */
public enum MissCause {
    /** The operating system's receive buffer of one of the adapter's sockets was full. */
    SOCKET_BUFFER,
    /** The adapter's spool was full. */
    SPOOL_FULL,
    /** The receive buffer of the game's own socket was full. */
    GAME_SOCKET
}
