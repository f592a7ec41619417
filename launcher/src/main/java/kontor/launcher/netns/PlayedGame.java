package kontor.launcher.netns;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kontor.launcher.plan.GameProgram;

/**
 * A program that runs as a game, with its screen. Closing ends both, and all that the program left
 * in its control group; it may be closed twice, by any thread.
 */
public final class PlayedGame implements AutoCloseable {

    private final Process program;
    private final List<Path> groups;

    private PlayedGame(Process program, List<Path> groups) {
        this.program = program;
        this.groups = List.copyOf(groups);
    }

    /**
     * Starts the program, behind its screen if it has one, in one tree of processes.
     *
     * @param words program and arguments
     * @param screen what to run for a screen; empty: it has none
     * @param screenGroup the screen's control group
     * @param log where the program's output goes; empty: where ours goes
     * @throws IOException if it cannot be started; a screen that does not come up ends it with
     *     status 70
     */
    public static PlayedGame start(
            GameProgram game,
            List<String> words,
            Map<String, String> environment,
            Optional<List<String>> screen,
            Optional<Path> screenGroup,
            Optional<Path> log)
            throws IOException {
        List<String> command =
                screen.map(shown -> game.session(shown, screenGroup, words))
                        .orElseGet(() -> game.command(words));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        log.ifPresent(file ->
                builder.redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile())));
        builder.environment().putAll(environment);
        return new PlayedGame(
                builder.start(),
                Stream.of(game.group(), screenGroup).flatMap(Optional::stream).toList());
    }

    /** The root of its processes. */
    public ProcessHandle root() {
        return program.toHandle();
    }

    /** Waits until the program has ended, and returns its exit status. */
    public int await() throws InterruptedException {
        return program.waitFor();
    }

    @Override
    public void close() {
        program.descendants().forEach(ProcessHandle::destroyForcibly);
        program.destroyForcibly();
        for (Path group : groups) {
            try {
                GroupFiles.endAll(group);
            } catch (IOException e) {
                System.err.println("kontor: %s: %s".formatted(group, e.getMessage()));
            }
        }
    }
}
