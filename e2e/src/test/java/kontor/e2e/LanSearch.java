package kontor.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;

/**
 * A game as a program of its own that searches its LAN for others, or answers: each line that it
 * says is a datagram that it got.
 */
final class LanSearch {

    static final int ASKED = 47_624;
    static final int ASKING = 2350;
    private static final List<String> BROADCASTS = List.of("255.255.255.255", "10.77.0.255");
    private static final String LAST = "last";
    private static final int TIMEOUT_MILLIS = 60_000;

    private LanSearch() {}

    /**
     * @param arguments {@code answer NAME}, or {@code ask} and the addresses of the others
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("answer")) {
            answer(arguments[1]);
        } else {
            ask(List.of(arguments).subList(1, arguments.length));
        }
    }

    /** Until the last question, which is asked after all others have been answered. */
    private static void answer(String name) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(ASKED)) {
            System.out.println("listening");
            DatagramPacket question = receive(socket);
            while (!text(question).equals(LAST)) {
                send(socket, name, question.getAddress(), question.getPort());
                question = receive(socket);
            }
        }
    }

    private static void ask(List<String> others) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(ASKING)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setBroadcast(true);
            for (String broadcast : BROADCASTS) {
                send(socket, "who plays, " + broadcast, InetAddress.ofLiteral(broadcast), ASKED);
            }
            for (int answers = 0; answers < BROADCASTS.size() * others.size(); answers++) {
                receive(socket);
            }
            for (String other : others) {
                send(socket, LAST, InetAddress.ofLiteral(other), ASKED);
            }
        }
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        System.out.printf(
                "%s:%d %s%n", packet.getAddress().getHostAddress(), packet.getPort(), text(packet));
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }

    private static void send(DatagramSocket socket, String text, InetAddress to, int port)
            throws IOException {
        byte[] bytes = text.getBytes(US_ASCII);
        socket.send(new DatagramPacket(bytes, bytes.length, to, port));
    }
}
