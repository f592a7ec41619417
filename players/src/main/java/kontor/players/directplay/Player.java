package kontor.players.directplay;

import java.net.InetAddress;

/**
 * A player or a machine's system player, as messages describe it.
 *
 * @param systemId of the machine's system player: its own id, for that one
 * @param address where the machine is reached; 0.0.0.0 for "where this came from"
 */
public record Player(
        int id,
        int systemId,
        boolean nameServer,
        String shortName,
        String longName,
        InetAddress address,
        int tcpPort,
        int udpPort) {

    static final InetAddress WHERE_THIS_CAME_FROM = InetAddress.ofLiteral("0.0.0.0");

    private static final int SYSTEM = 1;
    private static final int NAME_SERVER = 2;
    private static final int IN_GROUP = 4;
    private static final int LOCAL = 8;

    /** The same player with the address at which he was seen. */
    public Player seenAt(InetAddress seen) {
        return new Player(id, systemId, nameServer, shortName, longName, seen, tcpPort, udpPort);
    }

    public boolean system() {
        return id == systemId;
    }

    /** In a message that brings the player in. */
    int flagsWhenNew() {
        return roleFlags() | (ofSender() ? LOCAL : 0);
    }

    /** In a host's table, where all players are in a group. */
    int flagsInTable() {
        return roleFlags() | IN_GROUP | (ofSender() ? LOCAL : 0);
    }

    private int roleFlags() {
        return (system() ? SYSTEM : 0) | (nameServer ? NAME_SERVER : 0);
    }

    /** Whether the player is on the machine that sends the message. */
    private boolean ofSender() {
        return address.isAnyLocalAddress();
    }

    static boolean system(int flags) {
        return (flags & SYSTEM) != 0;
    }

    static boolean nameServer(int flags) {
        return (flags & NAME_SERVER) != 0;
    }
}
