package kontor.adapter.game;

import java.net.InetAddress;
import kontor.adapter.relay.RelayStatus;
import kontor.adapter.relay.StrangerStatus;
import org.jspecify.annotations.Nullable;

/**
 * The edge's counters at one moment.
 *
 * @param capturedEvents highest adapter sequence given
 * @param gameAddressOrNull where connections to the game go; null while it is not known
 */
public record GameStatus(
        long capturedEvents,
        long capturedPayloadBytes,
        RelayStatus relay,
        StrangerStatus strangers,
        @Nullable InetAddress gameAddressOrNull) {

    /** That of an edge that has seen nobody. */
    public GameStatus(long capturedEvents, long capturedPayloadBytes, RelayStatus relay) {
        this(capturedEvents, capturedPayloadBytes, relay, StrangerStatus.NONE, null);
    }
}
