package kontor.e2e;

import com.shinyhut.vernacular.client.VernacularClient;
import com.shinyhut.vernacular.client.VernacularConfig;
import com.shinyhut.vernacular.client.rendering.ImageBuffer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kontor.launcher.plan.GameProgram;
import org.awaitility.Awaitility;

/**
 * A game's screen, as {@code kontor play --screen} makes one: it goes on while the game is frozen.
 * Closing ends it, and what was shown by it.
 */
final class GameScreen implements AutoCloseable {

    static final int WIDTH = 640;
    static final int HEIGHT = 480;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final GameProgram game;
    private final List<Process> processes = new ArrayList<>();

    private GameScreen(GameProgram game) {
        this.game = game;
    }

    /** Returns when it can be looked at. */
    static GameScreen of(GameProgram game, Optional<Path> group) throws IOException {
        GameScreen screen = new GameScreen(game);
        GameProgram beside =
                new GameProgram(
                        game.game(), game.number(), game.namespace(), group, Optional.empty());
        screen.run(beside.command(game.screen(WIDTH + "x" + HEIGHT)));
        InetSocketAddress vnc = game.vnc();
        Awaitility.await("the screen at " + vnc)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    // The stack carries it out of the namespace, and accepts before it is there.
                    try (Socket socket = new Socket()) {
                        socket.connect(vnc);
                        return socket.getInputStream().read() == 'R';
                    }
                });
        return screen;
    }

    /** What a program needs to draw on it. */
    Map<String, String> environment() {
        return game.environment(Map.of(), true);
    }

    /** Shows a file as it grows, in a terminal that stands still with the game. */
    void show(Path file) throws IOException {
        run(
                game.command(
                        List.of(
                                "xterm",
                                "-geometry",
                                "100x35+0+0",
                                "-e",
                                "tail",
                                "-n",
                                "+1",
                                "-F",
                                file.toString())));
    }

    private void run(List<String> words) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment());
        processes.add(builder.start());
    }

    /** What a VNC client of our own sees now. */
    BufferedImage look()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<BufferedImage> seen = new CompletableFuture<>();
        VernacularConfig config = new VernacularConfig();
        config.setShared(true);
        config.setUseLocalMousePointer(false);
        config.setErrorListener(seen::completeExceptionally);
        config.setScreenUpdateListener(image -> seen.complete(copy(image)));
        VernacularClient client = new VernacularClient(config);
        try (Socket socket = new Socket()) {
            socket.connect(game.vnc());
            client.start(socket);
            return seen.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            client.stop();
        }
    }

    private static BufferedImage copy(ImageBuffer from) {
        BufferedImage image =
                new BufferedImage(from.getWidth(), from.getHeight(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, from.getWidth(), from.getHeight(), from.getBuffer(), 0, from.getWidth());
        return image;
    }

    static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.reversed().forEach(process -> process.destroyForcibly().onExit().join());
    }
}
