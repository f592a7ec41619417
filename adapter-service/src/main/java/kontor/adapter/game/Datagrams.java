package kontor.adapter.game;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
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
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.MissCause;
import kontor.adapter.loss.DropCounter;
import kontor.adapter.loss.SocketReading;
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

    private static final int KIB = 1024;

    private final EventLoopGroup loop;
    private final Transport transport;
    private final GameSettings settings;
    private final Consumer<Input> inputs;

    /** Filled before the run starts and only read after. */
    private final Map<Endpoint, Bound> listeners = new HashMap<>();

    /** Sockets for ports that are not listened on, the one unused longest first. */
    private final Map<Endpoint, Bound> senders = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<Channel> written = new LinkedHashSet<>();
    private boolean saidSmall;

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
            Bound closing = oldest.next();
            countDrops(closing);
            closing.port().channel().close();
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

    /**
     * Tells of what the sockets have dropped since the last time.
     *
     * @return false if some do not say it themselves: the kernel's table does
     */
    boolean countDrops() {
        boolean complete = true;
        for (Bound bound : listeners.values()) {
            complete &= countDrops(bound);
        }
        for (Bound bound : senders.values()) {
            complete &= countDrops(bound);
        }
        return complete;
    }

    private boolean countDrops(Bound bound) {
        Receiving receiving = bound.receiving();
        if (!receiving.hasRead) {
            return true;
        }
        OptionalLong drops = transport.drops(bound.port().channel());
        drops.ifPresent(receiving::dropped);
        return drops.isPresent();
    }

    /**
     * The same from the kernel's table, for sockets that do not say it themselves. Where others
     * share a socket's place, the table does not say which is whose, and nothing is counted.
     */
    void countDrops(List<SocketReading> table) {
        Map<Endpoint, List<SocketReading>> places =
                table.stream().collect(Collectors.groupingBy(SocketReading::local));
        listeners.forEach((place, bound) -> countDrops(bound, places.get(place)));
        senders.forEach((place, bound) -> countDrops(bound, places.get(place)));
    }

    private static void countDrops(Bound bound, @Nullable List<SocketReading> there) {
        if (there != null && there.size() == 1 && bound.receiving().hasRead) {
            bound.receiving().dropped(there.getFirst().drops());
        }
    }

    /** Whether one of these sockets is bound there. */
    boolean holds(Endpoint endpoint) {
        return listeners.containsKey(endpoint) || senders.containsKey(endpoint);
    }

    private Bound bind(Endpoint endpoint, boolean shared) {
        DatagramPort port;
        try {
            port = transport.newDatagramPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int kept = transport.prepareToReceive(port.channel(), settings.datagramBufferBytes());
        if (kept < settings.datagramBufferBytes() && !saidSmall) {
            saidSmall = true;
            log.info(
                    "UDP receive buffers are {} KiB, not the {} KiB of KONTOR_DATAGRAM_BUFFER;"
                            + " datagrams of larger bursts are dropped and counted. To prevent it,"
                            + " raise net.core.rmem_max or give the adapter CAP_NET_ADMIN",
                    kept / KIB,
                    settings.datagramBufferBytes() / KIB);
        }
        Receiving receiving = new Receiving(endpoint);
        ChannelFuture future =
                new Bootstrap()
                        .group(loop)
                        .channelFactory(port::channel)
                        .option(ChannelOption.SO_BROADCAST, true)
                        .option(ChannelOption.SO_REUSEADDR, shared)
                        .handler(receiving)
                        .bind(endpoint.socketAddress());
        return new Bound(port, future, receiving);
    }

    /** A socket, how its binding went and who reads it. */
    private record Bound(DatagramPort port, ChannelFuture future, Receiving receiving) {}

    /** Tells each datagram that comes to one socket. */
    private final class Receiving extends SimpleChannelInboundHandler<DatagramPacket> {

        private final Endpoint local;
        private final DropCounter drops = new DropCounter();

        /** Since its drops were last asked for: where nothing is read, nothing was dropped. */
        private boolean hasRead;

        Receiving(Endpoint local) {
            this.local = local;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            hasRead = true;
            Bytes payload = Bytes.owning(ByteBufUtil.getBytes(packet.content()));
            inputs.accept(new Input.DatagramReceived(Endpoint.of(packet.sender()), local, payload));
        }

        void dropped(long counter) {
            hasRead = false;
            long count = drops.more(counter);
            if (count > 0) {
                inputs.accept(new Input.Missed(count, MissCause.SOCKET_BUFFER, local));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // One datagram's trouble (an ICMP answer to an earlier one) is not the socket's.
            log.debug("on UDP {}: {}", local, Failures.describe(cause));
        }
    }
}
