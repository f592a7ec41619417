package kontor.adapter.game;

import io.netty.channel.socket.DatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A datagram socket.
 *
 * @param emptySender how it sends a datagram of no bytes, which Netty's own way takes for nothing
 *     to do; on the event loop only
 */
record DatagramPort(DatagramChannel channel, EmptySender emptySender) {

    /** Sends a datagram of no bytes. */
    @FunctionalInterface
    interface EmptySender {

        void sendEmpty(InetSocketAddress to) throws IOException;
    }
}
