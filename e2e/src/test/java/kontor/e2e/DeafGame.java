package kontor.e2e;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

/** A game that does not read what it is sent: its socket has no room for much of it. */
final class DeafGame implements AutoCloseable {

    static final int SENT = 200;

    private static final String NAME = "game2";
    private static final int PORT = 2314;
    private static final int ROOM = 8 * 1024;
    private static final int LENGTH = 1000;

    private final StackUnderTest stack;
    private final DatagramSocket socket;

    DeafGame(StackUnderTest stack) throws IOException {
        this.stack = stack;
        socket = new DatagramSocket(null);
        socket.setReceiveBufferSize(ROOM);
        socket.bind(address());
    }

    String name() {
        return NAME;
    }

    InetSocketAddress address() {
        return stack.own(NAME, PORT);
    }

    /** Sends it more than it has room for, and waits until the proof says that some were lost. */
    void miss(String session) throws IOException, InterruptedException {
        try (DatagramSocket from = new DatagramSocket(stack.own("game1", 0))) {
            for (int i = 0; i < SENT; i++) {
                from.send(
                        new DatagramPacket(
                                new byte[LENGTH], LENGTH, stack.peer("game1", NAME, PORT)));
            }
            stack.api()
                    .await(
                            "/api/sessions/" + session + "/continuity",
                            report -> report.at("/counts/lost").asLong() > 0);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
