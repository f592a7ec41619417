package kontor.captures.reading;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;

/** Where somebody listens, as far as a capture shows it or is known beforehand. */
public final class Listeners {

    private final Set<InetSocketAddress> accepting = new HashSet<>();
    private final IntPredicate known;

    /**
     * @param known ports on which games listen
     */
    public Listeners(IntPredicate known) {
        this.known = known;
    }

    /** Takes a packet, of whichever conversation. */
    public void add(Packet packet) {
        if (packet instanceof Packet.Tcp tcp && tcp.syn() && !tcp.rst()) {
            accepting.add(tcp.ack() ? tcp.source() : tcp.destination());
        }
    }

    boolean test(InetSocketAddress end) {
        return accepting.contains(end) || known.test(end.getPort());
    }
}
