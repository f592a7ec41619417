package kontor.adapter.relay;

import java.net.InetAddress;
import java.util.List;
import kontor.adapter.capture.Protocol;

/**
 * What strangers did in this run.
 *
 * @param packets datagrams and connections of theirs, all of them
 * @param sources those remembered, the one with the most packets first
 */
public record StrangerStatus(long packets, List<Source> sources) {

    public static final StrangerStatus NONE = new StrangerStatus(0, List.of());

    public StrangerStatus {
        sources = List.copyOf(sources);
    }

    /** One machine that is not the game. */
    public record Source(Protocol protocol, InetAddress address, long packets) {}
}
