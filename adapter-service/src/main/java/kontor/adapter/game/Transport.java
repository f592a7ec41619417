package kontor.adapter.game;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDatagramChannelConfig;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramChannelConfig;
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
import kontor.vocabulary.InstanceName;

/** What differs between Linux's epoll and the JDK's own selector. */
sealed interface Transport {

    /** Larger than any datagram that IPv4 can carry, so that none is ever cut. */
    int LARGEST_DATAGRAM = 65_535;

    static Transport best(boolean nativeWanted) {
        return nativeWanted && Epoll.isAvailable() ? new Native() : new Portable();
    }

    /** One thread: whatever happens at the edge has one order. */
    default EventLoopGroup newEventLoop(InstanceName instance) {
        ThreadFactory threads =
                task -> new FastThreadLocalThread(null, task, "kontor-game-" + instance);
        return new MultiThreadIoEventLoopGroup(1, threads, ioHandler());
    }

    IoHandlerFactory ioHandler();

    Class<? extends ServerChannel> listenerType();

    Class<? extends SocketChannel> connectionType();

    /** Not registered and not bound. */
    DatagramPort newDatagramPort() throws IOException;

    /**
     * Prepares a new datagram port for receiving datagrams of up to {@link #LARGEST_DATAGRAM} bytes
     * whole, several at once where that is possible.
     *
     * @param bufferBytes how much the operating system is to keep of what comes before it is read
     * @return how much it will keep
     */
    int prepareToReceive(DatagramChannel channel, int bufferBytes);

    /**
     * How many datagrams this socket's receive buffer had no room for since it was made, modulo 2
     * to the 32; empty if it does not say.
     */
    OptionalLong drops(DatagramChannel channel);

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
        private static final int SO_RCVBUFFORCE = 33;
        private static final int SO_MEMINFO = 55;

        /** Above the system-wide limit; needs CAP_NET_ADMIN. */
        private static final ChannelOption<Integer> FORCED_BUFFER =
                new IntegerUnixChannelOption("KONTOR_SO_RCVBUFFORCE", SOL_SOCKET, SO_RCVBUFFORCE);

        /** What a socket's memory is used for, since Linux 4.12: nine numbers, the last: drops. */
        private static final int MEMORY_NUMBERS = 9;

        private static final RawUnixChannelOption MEMORY =
                new RawUnixChannelOption(
                        "KONTOR_SO_MEMINFO",
                        SOL_SOCKET,
                        SO_MEMINFO,
                        MEMORY_NUMBERS * Integer.BYTES);

        /** Of the largest size; together they fit into the largest buffer that Netty pools. */
        private static final int DATAGRAMS_AT_ONCE = 16;

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
        public int prepareToReceive(DatagramChannel channel, int bufferBytes) {
            EpollDatagramChannelConfig config = ((EpollDatagramChannel) channel).config();
            config.setMaxDatagramPayloadSize(LARGEST_DATAGRAM);
            config.setRecvByteBufAllocator(
                    new FixedRecvByteBufAllocator(DATAGRAMS_AT_ONCE * LARGEST_DATAGRAM));
            // The usual allocator keeps nothing so large: it would clear a megabyte for each read.
            config.setAllocator(PooledByteBufAllocator.DEFAULT);
            config.setReceiveBufferSize(bufferBytes);
            // Linux keeps, and says, twice of what is asked for.
            if (config.getReceiveBufferSize() / 2 < bufferBytes) {
                try {
                    config.setOption(FORCED_BUFFER, bufferBytes);
                } catch (ChannelException e) {
                    return config.getReceiveBufferSize() / 2; // Not permitted.
                }
            }
            return config.getReceiveBufferSize() / 2;
        }

        @Override
        public OptionalLong drops(DatagramChannel channel) {
            ByteBuffer memory;
            try {
                memory = channel.config().getOption(MEMORY);
            } catch (ChannelException e) {
                return OptionalLong.empty();
            }
            int at = (MEMORY_NUMBERS - 1) * Integer.BYTES;
            if (memory == null || memory.remaining() < at + Integer.BYTES) {
                return OptionalLong.empty();
            }
            memory.order(ByteOrder.nativeOrder());
            return OptionalLong.of(Integer.toUnsignedLong(memory.getInt(memory.position() + at)));
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
        public int prepareToReceive(DatagramChannel channel, int bufferBytes) {
            DatagramChannelConfig config = channel.config();
            config.setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LARGEST_DATAGRAM));
            config.setReceiveBufferSize(bufferBytes);
            return config.getReceiveBufferSize();
        }

        @Override
        public OptionalLong drops(DatagramChannel channel) {
            return OptionalLong.empty();
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
