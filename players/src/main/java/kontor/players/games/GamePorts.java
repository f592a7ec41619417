package kontor.players.games;

/** The ports that a game listens on; the lab must carry them. */
public record GamePorts(int search, int tcp, int udp) {

    /** As Anno 1602 has them. */
    public static final GamePorts NORMAL = new GamePorts(47624, 2300, 2350);
}
