package kontor.adapter.game;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Resets a connection once everything written has left: a reset makes the kernel throw away what it
 * still has to send. Looks again after a few milliseconds as long as the rest shrinks, and for a
 * while when it does not. On the event loop.
 */
// Futures: what counts is heard by listeners and handlers.
@SuppressWarnings("FutureReturnValueIgnored")
final class PendingReset {

    private static final long FIRST_LOOK_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 16;

    /** Where the kernel does not tell what has left, it gets this long. */
    private static final long BLIND_WAIT_MILLIS = 50;

    private final SocketChannel channel;
    private final Transport transport;
    private final long patienceNanos;

    private long pauseMillis = FIRST_LOOK_MILLIS;
    private long smallestRest = Long.MAX_VALUE;
    private long progressNanos = System.nanoTime();

    PendingReset(SocketChannel channel, Transport transport, long patienceNanos) {
        this.channel = channel;
        this.transport = transport;
        this.patienceNanos = patienceNanos;
    }

    void look() {
        if (!channel.isOpen()) {
            return;
        }
        long rest = rest();
        if (rest < smallestRest) {
            smallestRest = rest;
            progressNanos = System.nanoTime();
        }
        if (rest == 0 || System.nanoTime() - progressNanos > patienceNanos) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        } else {
            channel.eventLoop().schedule(this::look, pauseMillis, TimeUnit.MILLISECONDS);
            pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    private long rest() {
        ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        long here = outbound == null ? 0 : outbound.totalPendingWriteBytes();
        long kernel = transport.unacknowledged(channel).orElseGet(this::blindRest);
        return here + kernel;
    }

    private long blindRest() {
        long waited = System.nanoTime() - progressNanos;
        return waited > TimeUnit.MILLISECONDS.toNanos(BLIND_WAIT_MILLIS) ? 0 : 1;
    }
}
