package kontor.rewriting;

/** Layout of socket addresses and service provider data (docs/protocol/directplay4.md). */
final class SocketAddresses {

    /** The address family. */
    static final int IPV4 = 2;

    /** Of the IPv4 address in a socket address. */
    static final int IP_AT = 4;

    static final int LENGTH = 16;

    /** Service provider data: the TCP address, then the UDP address. */
    static final int DATA_LENGTH = 2 * LENGTH;

    private SocketAddresses() {}
}
