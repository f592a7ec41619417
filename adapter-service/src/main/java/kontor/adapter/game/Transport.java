package kontor.adapter.game;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;

/** What differs between Linux's epoll and the JDK's own selector. */
sealed interface Transport {

    static Transport best(boolean nativeWanted) {
        return nativeWanted && Epoll.isAvailable() ? new Native() : new Portable();
    }

    /** One thread: whatever happens at the edge has one order. */
    default EventLoopGroup newEventLoop() {
        ThreadFactory threads = task -> new FastThreadLocalThread(null, task, "kontor-game-1");
        return new MultiThreadIoEventLoopGroup(1, threads, ioHandler());
    }

    IoHandlerFactory ioHandler();

    Class<? extends ServerChannel> listenerType();

    Class<? extends SocketChannel> connectionType();

    /** Not registered and not bound. */
    DatagramPort newDatagramPort() throws IOException;

    /** Lets connections go out from the port of a listener; needed on both sockets. */
    void sharePort(Channel listener);

    /** The same for the connections. */
    void sharePort(Bootstrap outgoing);

    /**
     * To be told, on the event loop, when nothing is to be read from a connection for a while or
     * ever: before reading is switched off, and after it is switched on again.
     */
    void restFromReading(SocketChannel channel, boolean resting);

    /** Bytes written but not yet acknowledged by the other side's kernel, where that is known. */
    OptionalLong unacknowledged(SocketChannel channel);

    /** Linux epoll. */
    record Native() implements Transport {

        private static final int SOL_SOCKET = 1;
        private static final int SO_REUSEPORT = 15;

        /** By number: Netty's own option of this name is not for connections. */
        private static final ChannelOption<Integer> SHARE_PORT =
                new IntegerUnixChannelOption("KONTOR_SO_REUSEPORT", SOL_SOCKET, SO_REUSEPORT);

        private static final int IPPROTO_TCP = 6;
        private static final int TCP_INFO = 11;

        /** Offsets in Linux's struct tcp_info: segments in flight, bytes never sent. */
        private static final int UNACKED_AT = 24;

        private static final int NOT_SENT_AT = 144;
        private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(1);
        private static final RawUnixChannelOption INFO =
                new RawUnixChannelOption("KONTOR_TCP_INFO", IPPROTO_TCP, TCP_INFO, NOT_SENT_AT + 4);

        @Override
        public IoHandlerFactory ioHandler() {
            return EpollIoHandler.newFactory();
        }

        @Override
        public Class<? extends ServerChannel> listenerType() {
            return EpollServerSocketChannel.class;
        }

        @Override
        public Class<? extends SocketChannel> connectionType() {
            return EpollSocketChannel.class;
        }

        @Override
        public DatagramPort newDatagramPort() {
            EpollDatagramChannel channel = new EpollDatagramChannel();
            return new DatagramPort(
                    channel,
                    to ->
                            new Socket(channel.fd().intValue())
                                    .sendTo(NOTHING, 0, 0, to.getAddress(), to.getPort()));
        }

        @Override
        public void sharePort(Channel listener) {
            listener.config().setOption(SHARE_PORT, 1);
        }

        @Override
        public void sharePort(Bootstrap outgoing) {
            outgoing.option(SHARE_PORT, 1);
        }

        @Override
        public void restFromReading(SocketChannel channel, boolean resting) {
            EpollInterest.edgeTriggered((EpollSocketChannel) channel, resting);
        }

        @Override
        public OptionalLong unacknowledged(SocketChannel channel) {
            ByteBuffer info = channel.config().getOption(INFO);
            if (info == null || info.remaining() < NOT_SENT_AT + 4) {
                return OptionalLong.empty();
            }
            info.order(ByteOrder.nativeOrder());
            long segments = Integer.toUnsignedLong(info.getInt(info.position() + UNACKED_AT));
            long unsent = Integer.toUnsignedLong(info.getInt(info.position() + NOT_SENT_AT));
            return OptionalLong.of(segments + unsent);
        }
    }

    /** The JDK's selector. */
    record Portable() implements Transport {

        private static final ChannelOption<Boolean> SHARE_PORT =
                NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);

        @Override
        public IoHandlerFactory ioHandler() {
            return NioIoHandler.newFactory();
        }

        @Override
        public Class<? extends ServerChannel> listenerType() {
            return NioServerSocketChannel.class;
        }

        @Override
        public Class<? extends SocketChannel> connectionType() {
            return NioSocketChannel.class;
        }

        @Override
        public DatagramPort newDatagramPort() throws IOException {
            var raw = java.nio.channels.DatagramChannel.open();
            return new DatagramPort(
                    new NioDatagramChannel(raw), to -> raw.send(ByteBuffer.allocate(0), to));
        }

        @Override
        public void sharePort(Channel listener) {
            listener.config().setOption(SHARE_PORT, true);
        }

        @Override
        public void sharePort(Bootstrap outgoing) {
            outgoing.option(SHARE_PORT, true);
        }

        @Override
        public void restFromReading(SocketChannel channel, boolean resting) {
            // The JDK's selector has no trouble with it.
        }

        @Override
        public OptionalLong unacknowledged(SocketChannel channel) {
            return OptionalLong.empty();
        }
    }
}
