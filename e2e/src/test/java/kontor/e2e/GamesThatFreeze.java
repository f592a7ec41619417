package kontor.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * A process for each instance that its adapter can freeze in place of a game: stand-in games live
 * in the test's own JVM.
 */
final class GamesThatFreeze implements AutoCloseable {

    static final List<String> GAMES = List.of("game1", "game2", "game3", "game4");

    private final StackUnderTest stack;
    private final List<Process> processes = new ArrayList<>();

    GamesThatFreeze(StackUnderTest stack) throws IOException {
        this.stack = stack;
        for (String game : GAMES) {
            Process process = new ProcessBuilder("sleep", "600").start();
            processes.add(process);
            Files.writeString(stack.pidFile(game), Long.toString(process.pid()));
        }
    }

    @Override
    public void close() throws IOException {
        for (String game : GAMES) {
            Files.delete(stack.pidFile(game));
        }
        processes.forEach(Process::destroyForcibly);
    }
}
