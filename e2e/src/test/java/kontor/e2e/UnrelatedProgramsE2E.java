package kontor.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lab carries any TCP and UDP program, not only Anno: here it is game1 that calls game2. */
@Timeout(120)
class UnrelatedProgramsE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();

    @Test
    void aWebServerAnswersABrowserOfTheOtherInstance() throws Exception {
        HttpServer server = HttpServer.create(STACK.own("game2", 2310), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] answer = ("hello " + exchange.getRequestURI().getPath()).getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    try (OutputStream body = exchange.getResponseBody()) {
                        body.write(answer);
                    }
                });
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String face = STACK.peer("game1", "game2", 2310).getAddress().getHostAddress();
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://" + face + ":2310/from/game1"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("hello /from/game1");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aHundredMegabytesArriveWithTheSameChecksum() throws Exception {
        int blocks = 1600;
        byte[] block = new byte[64 * 1024];
        try (ServerSocket server = listen("game2", 2311);
                ExecutorService receiver = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> received = receiver.submit(() -> digestOfAll(server));
            MessageDigest sent = MessageDigest.getInstance("SHA-256");
            try (Socket socket = connect("game1", "game2", 2311)) {
                SplittableRandom random = new SplittableRandom(1602);
                for (int i = 0; i < blocks; i++) {
                    random.nextBytes(block);
                    sent.update(block);
                    socket.getOutputStream().write(block);
                }
                socket.shutdownOutput();
                assertThat(received.get()).isEqualTo(HexFormat.of().formatHex(sent.digest()));
            }
        }
    }

    private static String digestOfAll(ServerSocket server) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void anEchoOfDatagramsLosesNoneAndDoublesNone() throws Exception {
        int count = 1000;
        int window = 32;
        // The sockets are closed first, which ends the echo.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                DatagramSocket echo = new DatagramSocket(STACK.own("game2", 2312));
                DatagramSocket client = new DatagramSocket(STACK.own("game1", 0))) {
            Future<?> _ = threads.submit(() -> echoForEver(echo));
            client.setSoTimeout(5000);
            BitSet back = new BitSet();
            int doubled = 0;
            int sent = 0;
            while (back.cardinality() < count) {
                while (sent < count && sent - back.cardinality() < window) {
                    byte[] number = ByteBuffer.allocate(200).putInt(sent++).array();
                    client.send(
                            new DatagramPacket(number, 200, STACK.peer("game1", "game2", 2312)));
                }
                DatagramPacket answer = new DatagramPacket(new byte[300], 300);
                try {
                    client.receive(answer);
                } catch (SocketTimeoutException e) {
                    break;
                }
                int number = ByteBuffer.wrap(answer.getData()).getInt();
                if (back.get(number)) {
                    doubled++;
                }
                back.set(number);
            }
            assertThat(count - back.cardinality()).as("lost").isZero();
            assertThat(doubled).as("doubled").isZero();
        }
    }

    private static Void echoForEver(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            packet.setLength(65_535);
            socket.receive(packet);
            socket.send(packet);
        }
        return null;
    }

    @Test
    void twoHundredShortConnectionsAtOnceAreEachAnswered() throws Exception {
        int connections = 200;
        try (ServerSocket server = listen("game2", 2313);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> _ =
                    threads.submit(() -> {
                        for (int i = 0; i < connections; i++) {
                            Socket socket = server.accept();
                            Future<?> _ = threads.submit(() -> answer(socket));
                        }
                        return null;
                    });
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                String question = "question " + i;
                answers.add(threads.submit(() -> ask(question)));
            }
            for (int i = 0; i < connections; i++) {
                assertThat(answers.get(i).get()).isEqualTo("answer to question " + i);
            }
        }
    }

    private static String ask(String question) throws IOException {
        try (Socket socket = connect("game1", "game2", 2313)) {
            socket.getOutputStream().write(question.getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static Void answer(Socket socket) throws IOException {
        try (socket) {
            String question = new String(socket.getInputStream().readAllBytes(), UTF_8);
            socket.getOutputStream().write(("answer to " + question).getBytes(UTF_8));
        }
        return null;
    }

    private static ServerSocket listen(String instance, int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(STACK.own(instance, port), 512);
        return server;
    }

    private static Socket connect(String from, String to, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(STACK.own(from, 0).getAddress(), 0));
        socket.connect(STACK.peer(from, to, port));
        return socket;
    }
}
