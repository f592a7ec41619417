package kontor.launcher.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.testing.programs.Programs;
import kontor.vocabulary.PictureName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real screen with a terminal in it, whose colour the test sets, and a gateway of the test's own
 * that says which session event is the newest.
 */
@Timeout(180)
final class ScreenRecorderIT {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String SESSION = "00000000-0000-0001-0000-000000000002";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RED = 41;
    private static final int GREEN = 42;
    private static final int BLUE = 44;

    @TempDir private Path directory;
    private final List<Process> programs = new ArrayList<>();
    private final BlockingQueue<String> stream = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer gateway;
    private OutputStream terminal;
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        Programs.require("Xtigervnc", "xterm");
        gateway = gateway();
        int port = freePort();
        lab =
                LabFile.parse(
                        "lab.yaml",
                        """
                        lab: duel
                        ports: { tcp: [2300], udp: [2300] }
                        instances:
                          game1: { address: 10.77.0.1, vnc: "127.0.0.1:%d" }
                          game2: { address: 10.77.0.2 }
                        """
                                .formatted(port));
        program(
                "Xtigervnc",
                ":" + port,
                "-geometry",
                "320x200",
                "-depth",
                "24",
                "-rfbport",
                Integer.toString(port),
                "-localhost",
                "-SecurityTypes",
                "None",
                "-AlwaysShared");
        await("the screen")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(LOOPBACK, port));
                        return true;
                    }
                });
        Path colours = directory.resolve("colours");
        new ProcessBuilder("mkfifo", colours.toString()).start().waitFor();
        program(
                "xterm",
                "-display",
                ":" + port,
                "-geometry",
                "200x100+0+0",
                "-e",
                "cat " + colours);
        terminal = Files.newOutputStream(colours);
    }

    @AfterEach
    void stop() throws Exception {
        for (Process program : programs.reversed()) {
            program.destroyForcibly().waitFor();
        }
        if (gateway != null) {
            gateway.stop(0);
        }
        threads.shutdownNow();
    }

    @Test
    void forAChosenSequenceThereIsThePictureThatTheScreenShowedThen() throws Exception {
        try (ScreenRecorder recorder = recorder(512 * 1024 * 1024)) {
            event(recorder, 10);
            paint(RED);
            awaitPicture(10, 0xff0000);
            event(recorder, 20);
            paint(GREEN);
            awaitPicture(20, 0x00ff00);
            event(recorder, 30);
            paint(BLUE);
            awaitPicture(30, 0x0000ff);
        }

        assertThat(colourAt(10)).isEqualTo("red");
        assertThat(colourAt(19)).isEqualTo("red");
        assertThat(colourAt(20)).isEqualTo("green");
        assertThat(colourAt(29)).isEqualTo("green");
        assertThat(colourAt(30)).isEqualTo("blue");
        assertThat(colourAt(1_000)).isEqualTo("blue");
        assertThat(directory.resolve("pictures").resolve(SESSION).resolve("game2")).doesNotExist();
    }

    @Test
    void aMarkerKeepsAPictureThoughNothingHasChanged() throws Exception {
        try (ScreenRecorder recorder = recorder(512 * 1024 * 1024)) {
            event(recorder, 10);
            paint(RED);
            awaitPicture(10, 0xff0000);
            event(recorder, 15);
            stream.put("event:marker\ndata:{}\n\n");

            await("a picture at the marker")
                    .atMost(PATIENCE)
                    .until(() -> pictures().stream().anyMatch(each -> each.sequence() == 15));
        }
        assertThat(colourAt(15)).isEqualTo("red");
    }

    @Test
    void aBreakpointKeepsAPictureThoughNothingHasChanged() throws Exception {
        try (ScreenRecorder recorder = recorder(512 * 1024 * 1024)) {
            event(recorder, 10);
            paint(RED);
            awaitPicture(10, 0xff0000);
            stream.put(
                    "id:%s:15\nevent:event\ndata:{\"sequence\":15,\"verdict\":\"held\"}\n\n"
                            .formatted(SESSION));

            await("a picture of what waits")
                    .atMost(PATIENCE)
                    .until(() -> pictures().stream().anyMatch(each -> each.sequence() == 15));
        }
        assertThat(colourAt(15)).isEqualTo("red");
    }

    @Test
    void beyondTheBoundTheOldestAreDeleted() throws Exception {
        try (ScreenRecorder recorder = recorder(1)) {
            event(recorder, 10);
            paint(RED);
            awaitPicture(10, 0xff0000);
            event(recorder, 20);
            paint(GREEN);
            awaitPicture(20, 0x00ff00);
        }
        assertThat(pictures()).hasSize(1);
        assertThat(colourAt(10)).isEqualTo("green");
    }

    private ScreenRecorder recorder(long mostBytes) throws IOException {
        return ScreenRecorder.start(
                lab,
                URI.create("http://127.0.0.1:%d/".formatted(gateway.getAddress().getPort())),
                null,
                new ScreenRecorder.Settings(
                        directory.resolve("pictures"), Duration.ofMillis(50), mostBytes));
    }

    /** Happens before whatever is done next. */
    private void event(ScreenRecorder recorder, long sequence) throws InterruptedException {
        stream.put("id:%s:%d\nevent:event\ndata:{}\n\n".formatted(SESSION, sequence));
        await("the recorder knows")
                .atMost(PATIENCE)
                .until(() -> recorder.newestSequence() == sequence);
    }

    /** The terminal's whole window. */
    private void paint(int colour) throws IOException {
        terminal.write("\u001b[%dm\u001b[2J\u001b[H\u001b[?25l".formatted(colour).getBytes(UTF_8));
        terminal.flush();
    }

    private void awaitPicture(long sequence, int colour) {
        await("a picture at " + sequence)
                .atMost(PATIENCE)
                .until(() ->
                        pictures().stream()
                                .filter(each -> each.sequence() == sequence)
                                .anyMatch(each -> shows(each, nameOf(colour))));
    }

    private String colourAt(long sequence) throws IOException {
        return name(PictureName.at(pictures(), sequence).orElseThrow());
    }

    /** One that was deleted meanwhile shows nothing. */
    private boolean shows(PictureName picture, String colour) {
        try {
            return name(picture).equals(colour);
        } catch (IOException e) {
            return false;
        }
    }

    private String name(PictureName picture) throws IOException {
        BufferedImage image = ImageIO.read(place().resolve(picture.file()).toFile());
        return nameOf(image.getRGB(100, 100));
    }

    /** By what there is most of. */
    private static String nameOf(int colour) {
        int red = colour >> 16 & 0xff;
        int green = colour >> 8 & 0xff;
        int blue = colour & 0xff;
        int most = Math.max(red, Math.max(green, blue));
        if (red == green && green == blue) {
            return "grey";
        }
        return most == red ? "red" : most == green ? "green" : "blue";
    }

    private Path place() {
        return directory.resolve("pictures").resolve(SESSION).resolve("game1");
    }

    private List<PictureName> pictures() throws IOException {
        if (!Files.isDirectory(place())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place())) {
            return files.flatMap(file ->
                            PictureName.parse(requireNonNull(file.getFileName()).toString())
                                    .stream())
                    .toList();
        }
    }

    private HttpServer gateway() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/api/sessions",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream body = exchange.getResponseBody()) {
                        if (path.endsWith("/stream")) {
                            while (true) {
                                body.write(stream.take().getBytes(UTF_8));
                                body.flush();
                            }
                        }
                        String session =
                                "{\"id\":\"%s\",\"lab\":\"duel\",\"lastSequence\":0}"
                                        .formatted(SESSION);
                        body.write(
                                (path.endsWith("sessions")
                                                ? "{\"sessions\":[" + session + "]}"
                                                : session)
                                        .getBytes(UTF_8));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        server.start();
        return server;
    }

    private void program(String... words) throws IOException {
        programs.add(
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("programs.log").toFile())
                        .start());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
