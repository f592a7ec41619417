package kontor.adapter.game;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.relay.Effect;
import kontor.adapter.relay.GameNetwork;
import kontor.adapter.relay.Input;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP side of the edge. All methods but {@link #listen} and {@link #close} are for the event
 * loop; none blocks there.
 */
// Futures: what counts is heard by listeners and handlers.
@SuppressWarnings("FutureReturnValueIgnored")
final class Datagrams {

    private static final Logger log = LoggerFactory.getLogger(Datagrams.class);

    /** Larger than any datagram that IPv4 can carry, so that none is ever cut. */
    private static final int LARGEST = 65_535;

    private final EventLoopGroup loop;
    private final Transport transport;
    private final GameSettings settings;
    private final Consumer<Input> inputs;

    /** Filled before the run starts and only read after. */
    private final Map<Endpoint, Bound> listeners = new HashMap<>();

    /** Sockets for ports that are not listened on, the one unused longest first. */
    private final Map<Endpoint, Bound> senders = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<Channel> written = new LinkedHashSet<>();

    Datagrams(
            EventLoopGroup loop,
            Transport transport,
            GameSettings settings,
            Consumer<Input> inputs) {
        this.loop = loop;
        this.transport = transport;
        this.settings = settings;
        this.inputs = inputs;
    }

    /** Blocks until bound. */
    void listen(Endpoint endpoint) throws ListenException {
        listen(endpoint, false);
    }

    /**
     * Listens for datagrams to 255.255.255.255. Adapters on one machine share this port, and each
     * gets a copy of each datagram. Blocks until bound.
     */
    void listenForEverybody(int port) throws ListenException {
        // Not the wildcard address: that would take the port from games on the same machine.
        listen(new Endpoint(GameNetwork.LIMITED_BROADCAST, port), true);
    }

    private void listen(Endpoint endpoint, boolean shared) throws ListenException {
        Bound bound = bind(endpoint, shared);
        ChannelFuture future = bound.future().awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw new ListenException(
                    "cannot listen on UDP %s: %s"
                            .formatted(endpoint, Failures.describe(future.cause())),
                    future.cause());
        }
        listeners.put(endpoint, bound);
    }

    /** Listeners and senders; after the event loop has taken its last effect. */
    void close() {
        listeners.values().forEach(bound -> bound.port().channel().close().awaitUninterruptibly());
        loop.execute(() -> senders.values().forEach(bound -> bound.port().channel().close()));
    }

    void send(Effect.Send send) {
        Bound bound = listeners.get(send.from());
        if (bound == null) {
            bound = sender(send.from());
        }
        ChannelFuture future = bound.future();
        if (future.isDone()) {
            transmit(bound, send);
        } else {
            Bound binding = bound;
            future.addListener(_ -> {
                transmit(binding, send);
                flush();
            });
        }
    }

    private Bound sender(Endpoint from) {
        @Nullable Bound known = senders.get(from);
        if (known != null) {
            return known;
        }
        if (senders.size() >= settings.senderSockets()) {
            Iterator<Bound> oldest = senders.values().iterator();
            oldest.next().port().channel().close();
            oldest.remove();
        }
        Bound bound = bind(from, false);
        senders.put(from, bound);
        bound.future()
                .addListener(future -> {
                    if (!future.isSuccess()) {
                        senders.remove(from, bound);
                    }
                });
        return bound;
    }

    private void transmit(Bound bound, Effect.Send send) {
        Channel channel = bound.port().channel();
        if (!bound.future().isSuccess()) {
            fail(send, bound.future().cause());
        } else if (send.payload().isEmpty()) {
            try {
                bound.port().emptySender().sendEmpty(send.to().socketAddress());
                inputs.accept(new Input.Done(send.ticket()));
            } catch (IOException e) {
                fail(send, e);
            }
        } else {
            written.add(channel);
            channel.write(
                            new DatagramPacket(
                                    Unpooled.wrappedBuffer(send.payload().asByteBuffer()),
                                    send.to().socketAddress()))
                    .addListener(future -> {
                        if (future.isSuccess()) {
                            inputs.accept(new Input.Done(send.ticket()));
                        } else {
                            fail(send, future.cause());
                        }
                    });
        }
    }

    private void fail(Effect.Send send, Throwable cause) {
        inputs.accept(
                new Input.Failed(
                        send.ticket(),
                        "from %s to %s: %s"
                                .formatted(send.from(), send.to(), Failures.describe(cause))));
    }

    /** Gives what was sent since the last call to the operating system. */
    void flush() {
        if (!written.isEmpty()) {
            List<Channel> due = List.copyOf(written);
            written.clear();
            due.forEach(Channel::flush);
        }
    }

    private Bound bind(Endpoint endpoint, boolean shared) {
        DatagramPort port;
        try {
            port = transport.newDatagramPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChannelFuture future =
                new Bootstrap()
                        .group(loop)
                        .channelFactory(port::channel)
                        .option(ChannelOption.SO_RCVBUF, settings.datagramBufferBytes())
                        .option(ChannelOption.SO_BROADCAST, true)
                        .option(ChannelOption.SO_REUSEADDR, shared)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(LARGEST))
                        .handler(new Receiving(endpoint))
                        .bind(endpoint.socketAddress());
        return new Bound(port, future);
    }

    /** A socket and how its binding went. */
    private record Bound(DatagramPort port, ChannelFuture future) {}

    /** Tells each datagram that comes to one socket. */
    private final class Receiving extends SimpleChannelInboundHandler<DatagramPacket> {

        private final Endpoint local;

        Receiving(Endpoint local) {
            this.local = local;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            Bytes payload = Bytes.owning(ByteBufUtil.getBytes(packet.content()));
            inputs.accept(new Input.DatagramReceived(Endpoint.of(packet.sender()), local, payload));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // One datagram's trouble (an ICMP answer to an earlier one) is not the socket's.
            log.debug("on UDP {}: {}", local, Failures.describe(cause));
        }
    }
}
