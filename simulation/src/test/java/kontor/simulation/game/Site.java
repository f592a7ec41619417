package kontor.simulation.game;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import kontor.adapter.relay.GameNetwork;
import kontor.vocabulary.InstanceName;

/**
 * One instance's network, on loopback: instance k sees instance j at 127.k.0.j.
 *
 * @param number 1, 2, 3 ...
 */
public record Site(int number, InstanceName name, GameNetwork network) {

    /** One port serves all: for TCP, for datagrams, and to come from. */
    public static final int PORT = 2_300;

    public static Site of(int number, int instances) {
        Map<InstanceName, InetAddress> peers = new LinkedHashMap<>();
        for (int other = 1; other <= instances; other++) {
            if (other != number) {
                peers.put(name(other), address(number, other));
            }
        }
        return new Site(
                number,
                name(number),
                new GameNetwork(address(number, number), peers, address(number, 255)));
    }

    /** The game's own. */
    public InetAddress address() {
        return network.own().getFirst();
    }

    public static InstanceName name(int number) {
        return new InstanceName("game" + number);
    }

    /** Who has this address here; 0 for everybody's and nobody's. */
    public static int ownerOf(InetAddress address) {
        int last = address.getAddress()[3] & 0xFF;
        return last == 255 ? 0 : last;
    }

    private static InetAddress address(int network, int host) {
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) network, 0, (byte) host});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
