package kontor.adapter.relay;

/**
 * How many datagrams were lost, by where.
 *
 * @param spool the game's, which found the spool full
 * @param sockets the game's, which found the receive buffer of one of the adapter's sockets full
 * @param game for the game, which found the receive buffer of its socket full
 */
public record MissCounts(long spool, long sockets, long game) {

    public static final MissCounts NONE = new MissCounts(0, 0, 0);

    public long total() {
        return spool + sockets + game;
    }
}
