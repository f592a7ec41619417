package kontor.launcher.netns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kontor.launcher.plan.GameProgram;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs as a game, with its screen. Closing ends both, and all that the program left
 * in its control group; it may be closed twice, by any thread.
 */
public final class PlayedGame implements AutoCloseable {

    private static final Duration SCREEN_PATIENCE = Duration.ofSeconds(20);
    private static final int LOOK_MILLIS = 50;

    private final Process program;
    private final @Nullable Process screen;
    private final List<Path> groups;

    private PlayedGame(Process program, @Nullable Process screen, List<Path> groups) {
        this.program = program;
        this.screen = screen;
        this.groups = List.copyOf(groups);
    }

    /**
     * Starts the screen, waits until it can be looked at, then starts the program.
     *
     * @param words program and arguments
     * @param screen what to run for a screen; empty: it has none
     * @param screenGroup the screen's control group
     * @param log where the program's output goes; empty: where ours goes
     * @throws IOException if one of the programs is missing, or the screen does not come up
     */
    public static PlayedGame start(
            GameProgram game,
            List<String> words,
            Map<String, String> environment,
            Optional<List<String>> screen,
            Optional<Path> screenGroup,
            Optional<Path> log)
            throws IOException, InterruptedException {
        List<Path> groups = Stream.of(game.group(), screenGroup).flatMap(Optional::stream).toList();
        @Nullable Process display = null;
        boolean started = false;
        try {
            if (screen.isPresent()) {
                display = showing(screen.get(), game.vnc());
            }
            ProcessBuilder builder = new ProcessBuilder(game.command(words)).inheritIO();
            log.ifPresent(file ->
                    builder.redirectErrorStream(true)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile())));
            builder.environment().putAll(environment);
            PlayedGame played = new PlayedGame(builder.start(), display, groups);
            started = true;
            return played;
        } finally {
            if (!started && display != null) {
                display.destroyForcibly();
            }
        }
    }

    private static Process showing(List<String> command, InetSocketAddress vnc)
            throws IOException, InterruptedException {
        Process display =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long deadline = System.nanoTime() + SCREEN_PATIENCE.toNanos();
        while (!accepts(vnc)) {
            boolean late = System.nanoTime() > deadline;
            if (late || display.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                display.destroyForcibly();
                throw new IOException(
                        "the screen at %s did not come up: %s"
                                .formatted(vnc, String.join(" ", command)));
            }
        }
        return display;
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, LOOK_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the program has ended, and returns its exit status. */
    public int await() throws InterruptedException {
        return program.waitFor();
    }

    @Override
    public void close() {
        List<Process> ours = new ArrayList<>(List.of(program));
        if (screen != null) {
            ours.add(screen);
        }
        ours.forEach(Process::destroyForcibly);
        for (Path group : groups) {
            try {
                GroupFiles.endAll(group);
            } catch (IOException e) {
                System.err.println("kontor: %s: %s".formatted(group, e.getMessage()));
            }
        }
    }
}
