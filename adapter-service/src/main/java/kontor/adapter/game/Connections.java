package kontor.adapter.game;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.relay.Effect;
import kontor.adapter.relay.Input;
import kontor.adapter.relay.Ticket;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * The TCP side of the edge. All methods but {@link #listen} and {@link #closeListeners} are for the
 * event loop; none blocks there.
 */
// Futures: what counts is heard by listeners and handlers.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connections {

    /**
     * A loop turn reads at most two buffers of a connection before others have their turn: several
     * games' datagrams and flows share the one thread.
     */
    private static final RecvByteBufAllocator READS =
            new AdaptiveRecvByteBufAllocator(512, 2_048, 64 * 1024).maxMessagesPerRead(2);

    /**
     * What the operating system may hold of a connection in each direction. By itself it takes some
     * megabytes: a game's writer would then be held back in long jolts, and much would count as
     * taken by a game that does not read. As much may also be read beyond a closed window when a
     * game's end is announced: Netty then reads to the end whatever it was told.
     */
    private static final int SYSTEM_BUFFER_BYTES = 256 * 1024;

    private final EventLoopGroup loop;
    private final Transport transport;
    private final GameSettings settings;
    private final RunId run;
    private final Consumer<Input> inputs;
    private final List<Channel> listeners = new ArrayList<>();
    private final Map<FlowReference, SocketChannel> open = new HashMap<>();
    private final Set<Channel> written = new LinkedHashSet<>();

    private long latestFlow;

    Connections(
            EventLoopGroup loop,
            Transport transport,
            GameSettings settings,
            RunId run,
            Consumer<Input> inputs) {
        this.loop = loop;
        this.transport = transport;
        this.settings = settings;
        this.run = run;
        this.inputs = inputs;
    }

    /** Blocks until bound. */
    void listen(Endpoint endpoint) throws ListenException {
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loop)
                        .channel(transport.listenerType())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.SO_BACKLOG, settings.acceptBacklog())
                        .option(ChannelOption.SO_RCVBUF, SYSTEM_BUFFER_BYTES)
                        .childOption(ChannelOption.SO_SNDBUF, SYSTEM_BUFFER_BYTES)
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childOption(ChannelOption.AUTO_CLOSE, false)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.RECVBUF_ALLOCATOR, READS)
                        .childHandler(new Accepting())
                        .bind(endpoint.socketAddress())
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ListenException(
                    "cannot listen on TCP %s: %s"
                            .formatted(endpoint, Failures.describe(bound.cause())),
                    bound.cause());
        }
        // Only now: set before, a second adapter could listen on the same port unnoticed.
        transport.sharePort(bound.channel());
        listeners.add(bound.channel());
    }

    void closeListeners() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    }

    void connect(Effect.Connect connect) {
        attempt(connect, connect.from());
    }

    private void attempt(Effect.Connect connect, Endpoint from) {
        Bootstrap outgoing =
                new Bootstrap()
                        .group(loop)
                        .channel(transport.connectionType())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.AUTO_CLOSE, false)
                        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, READS)
                        .option(ChannelOption.SO_RCVBUF, SYSTEM_BUFFER_BYTES)
                        .option(ChannelOption.SO_SNDBUF, SYSTEM_BUFFER_BYTES)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis())
                        .handler(new FlowHandler(connect.flow(), transport, inputs));
        transport.sharePort(outgoing);
        outgoing.connect(connect.to().socketAddress(), from.socketAddress())
                .addListener((ChannelFuture attempt) -> attempted(connect, from, attempt));
    }

    private int connectTimeoutMillis() {
        return Math.toIntExact(settings.connectTimeout().toMillis());
    }

    private void attempted(Effect.Connect connect, Endpoint from, ChannelFuture attempt) {
        if (attempt.isSuccess()) {
            SocketChannel channel = (SocketChannel) attempt.channel();
            remember(connect.flow(), channel);
            inputs.accept(
                    new Input.Connected(
                            connect.flow(),
                            Endpoint.of(channel.localAddress()),
                            Endpoint.of(channel.remoteAddress())));
            return;
        }
        var cause = Failures.refusal(attempt.cause());
        boolean portMayBeTaken =
                switch (cause) {
                    case UNREACHABLE -> from.port() != 0;
                    case REFUSED, TIMED_OUT -> false;
                };
        if (portMayBeTaken) {
            attempt(connect, new Endpoint(from.address(), 0));
        } else {
            inputs.accept(
                    new Input.NotConnected(
                            connect.flow(), cause, Failures.describe(attempt.cause())));
        }
    }

    private void remember(FlowReference flow, SocketChannel channel) {
        open.put(flow, channel);
        transport.restFromReading(channel, true);
        channel.closeFuture().addListener(_ -> open.remove(flow, channel));
    }

    void write(Effect.Write write) {
        @Nullable SocketChannel channel = open.get(write.flow());
        if (channel == null) {
            inputs.accept(new Input.Failed(write.ticket(), "the connection is gone"));
            return;
        }
        written.add(channel);
        channel.write(Unpooled.wrappedBuffer(write.payload().asByteBuffer()))
                .addListener(future -> answer(write.ticket(), future));
    }

    /** Gives what was written since the last call to the operating system. */
    void flush() {
        if (!written.isEmpty()) {
            List<Channel> due = List.copyOf(written);
            written.clear();
            due.forEach(Channel::flush);
        }
    }

    void endOutput(Effect.EndOutput end) {
        @Nullable SocketChannel channel = open.get(end.flow());
        if (channel == null) {
            inputs.accept(new Input.Failed(end.ticket(), "the connection is gone"));
        } else {
            channel.shutdownOutput().addListener(future -> answer(end.ticket(), future));
        }
    }

    void reset(Effect.Reset reset) {
        @Nullable SocketChannel channel = open.get(reset.flow());
        if (channel == null) {
            inputs.accept(new Input.Done(reset.ticket()));
            return;
        }
        channel.closeFuture().addListener(_ -> inputs.accept(new Input.Done(reset.ticket())));
        channel.flush();
        new PendingReset(channel, transport, settings.resetPatience().toNanos()).look();
    }

    /** Resets a connection without regard to what is written or unread. */
    void refuse(FlowReference flow) {
        @Nullable SocketChannel channel = open.get(flow);
        if (channel != null) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    void close(FlowReference flow) {
        @Nullable SocketChannel channel = open.get(flow);
        if (channel != null) {
            channel.close();
        }
    }

    void setReading(Effect.SetReading reading) {
        @Nullable SocketChannel channel = open.get(reading.flow());
        if (channel == null) {
            return;
        }
        if (reading.on()) {
            channel.config().setAutoRead(true);
            transport.restFromReading(channel, false);
        } else {
            transport.restFromReading(channel, true);
            channel.config().setAutoRead(false);
        }
    }

    private void answer(Ticket ticket, Future<?> future) {
        inputs.accept(
                future.isSuccess()
                        ? new Input.Done(ticket)
                        : new Input.Failed(ticket, Failures.describe(future.cause())));
    }

    /** Gives each accepted connection its flow number. */
    @Sharable
    private final class Accepting extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            SocketChannel channel = (SocketChannel) context.channel();
            @Nullable InetSocketAddress remote = channel.remoteAddress();
            @Nullable InetSocketAddress local = channel.localAddress();
            if (remote == null || local == null) {
                // Reset before it was accepted: the game has seen nothing, and nobody can say who.
                channel.close();
                return;
            }
            FlowReference flow = new FlowReference(run, ++latestFlow);
            context.pipeline().replace(this, null, new FlowHandler(flow, transport, inputs));
            remember(flow, channel);
            inputs.accept(new Input.Accepted(flow, Endpoint.of(remote), Endpoint.of(local)));
        }
    }
}
