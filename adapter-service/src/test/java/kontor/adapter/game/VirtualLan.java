package kontor.adapter.game;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static kontor.adapter.game.EdgeUnderTest.PEER;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kontor.adapter.capture.Observation;
import kontor.adapter.relay.Action;
import kontor.adapter.relay.GameNetwork;
import kontor.vocabulary.Bytes;

/**
 * A process in a network namespace: the adapter of a game whose process and namespace it makes
 * itself. What it sees of the game goes to its standard output.
 */
final class VirtualLan {

    static final String SAYS = "LAN ";

    private static final int PORT = 47_624;
    private static final String GAME = "10.51.0.1";
    private static final String HELD = "10.51.0.2";
    private static final String NEIGHBOUR = "10.51.0.9";
    private static final String BROADCAST = "10.51.0.255";

    private VirtualLan() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    public static void main(String[] arguments) throws Exception {
        Process game =
                new ProcessBuilder(
                                "unshare",
                                "-n",
                                java(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Game.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said = game.inputReader()) {
            expect(said, "started");
            connect(game.pid());
            play(Boolean.parseBoolean(arguments[0]), game, said);
        } finally {
            game.destroyForcibly().waitFor();
        }
    }

    private static void play(boolean nativeTransport, Process game, BufferedReader said)
            throws Exception {
        GameNetwork network =
                new GameNetwork(
                        List.of(InetAddress.ofLiteral(GAME)),
                        Map.of(PEER, InetAddress.ofLiteral(HELD)),
                        InetAddress.ofLiteral(BROADCAST),
                        Set.of(),
                        true);
        try (EdgeUnderTest edge = new EdgeUnderTest(nativeTransport, network, PORT)) {
            game.outputWriter().append("go\n").flush();
            for (int i = 0; i < 4; i++) {
                say(describe(edge.nextAcknowledged().what()));
            }
            Bytes answer = Bytes.owning("answer".getBytes(US_ASCII));
            edge.command(new Action.SendDatagram(PEER, PORT, PORT, answer, answer.crc32c()));
            say("game got " + said.readLine());
            say("strangers " + edge.status().strangers().packets());
        }
    }

    private static String describe(Observation what) {
        return what instanceof Observation.Datagram datagram
                ? "captured UDP %s -> %s %s"
                        .formatted(
                                datagram.source(),
                                datagram.destination(),
                                new String(datagram.payload().toByteArray(), US_ASCII))
                : what instanceof Observation.StrangerSeen stranger
                        ? "stranger %s %s -> %s"
                                .formatted(
                                        stranger.protocol(),
                                        stranger.sourceOrNull(),
                                        stranger.destinationOrNull())
                        : what.toString();
    }

    private static void say(String line) {
        System.out.println(SAYS + line);
    }

    private static void expect(BufferedReader said, String wanted) throws IOException {
        String line = said.readLine();
        if (!wanted.equals(line)) {
            throw new IOException("the game said " + line + " in place of " + wanted);
        }
    }

    /** A wire between this namespace and that of a process, with addresses at both ends. */
    private static void connect(long pid) throws Exception {
        ip("link set lo up");
        ip("link add lan type veth peer name eth0 netns " + pid);
        ip("address add " + HELD + "/24 broadcast " + BROADCAST + " dev lan");
        ip("link set lan up");
        List<String> there = List.of("nsenter", "--net=/proc/" + pid + "/ns/net", "ip");
        run(there, "link set lo up");
        run(there, "address add " + GAME + "/24 broadcast " + BROADCAST + " dev eth0");
        run(there, "address add " + NEIGHBOUR + "/24 dev eth0");
        run(there, "link set eth0 up");
        run(there, "route add default dev eth0");
    }

    private static void ip(String arguments) throws Exception {
        run(List.of("ip"), arguments);
    }

    private static void run(List<String> program, String arguments) throws Exception {
        List<String> command =
                Stream.concat(program.stream(), Stream.of(arguments.split(" ", -1))).toList();
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IOException(command + " ended with status " + exit);
        }
    }

    /** The game's process, and the neighbour's socket. */
    static final class Game {

        private Game() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println("started");
            if (System.in.read() < 0) {
                return;
            }
            try (DatagramSocket game = new DatagramSocket(PORT, InetAddress.ofLiteral(GAME));
                    DatagramSocket neighbour =
                            new DatagramSocket(PORT, InetAddress.ofLiteral(NEIGHBOUR))) {
                send(game, "limited", "255.255.255.255");
                send(game, "subnet", BROADCAST);
                send(neighbour, "neighbour", HELD);
                send(game, "direct", HELD);
                DatagramPacket answer = new DatagramPacket(new byte[100], 100);
                game.receive(answer);
                System.out.printf(
                        "%s from %s:%d%n",
                        new String(answer.getData(), 0, answer.getLength(), US_ASCII),
                        answer.getAddress().getHostAddress(),
                        answer.getPort());
            }
        }

        private static void send(DatagramSocket from, String text, String to) throws IOException {
            byte[] payload = text.getBytes(US_ASCII);
            from.send(new DatagramPacket(payload, payload.length, InetAddress.ofLiteral(to), PORT));
        }
    }
}
