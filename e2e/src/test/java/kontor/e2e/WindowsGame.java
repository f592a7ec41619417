package kontor.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.launcher.netns.PlayedGame;
import kontor.launcher.plan.GameProgram;
import kontor.testing.programs.Programs;
import org.junit.jupiter.api.Assumptions;

/**
 * The Windows program of {@code src/test/c/lan-game.c}, built with mingw and run by Wine as {@code
 * kontor play} runs a game. Closing ends it and Wine's own processes.
 */
final class WindowsGame implements AutoCloseable {

    private static final String COMPILER = "x86_64-w64-mingw32-gcc";

    /** Debian's, where wine64 is installed without the package of its commands. */
    private static final Path WINE = Path.of("/usr/lib/wine/wine64");

    /** It draws nothing, and needs neither .NET nor a browser, for which Wine would ask. */
    private static final Map<String, String> QUIETLY =
            Map.of("WINEDEBUG", "-all", "WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=");

    private static final String WINES_OWN = "wine: ";

    private final PlayedGame game;
    private final Path log;

    private WindowsGame(PlayedGame game, Path log) {
        this.game = game;
        this.log = log;
    }

    /** Skips the test where it can be neither built nor run. */
    static void require() {
        Programs.require(COMPILER);
        Assumptions.assumeTrue(Files.isExecutable(WINE), "wine64 is not installed");
    }

    /** Builds it. */
    static Path build(Path directory) throws IOException, InterruptedException {
        Path program = directory.resolve("lan-game.exe");
        Process compiler =
                new ProcessBuilder(
                                COMPILER,
                                "-Wall",
                                "-Wextra",
                                "-Werror",
                                "-o",
                                program.toString(),
                                Path.of("src/test/c/lan-game.c").toString(),
                                "-lws2_32")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(compiler.getInputStream().readAllBytes(), US_ASCII);
        if (compiler.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return program;
    }

    /**
     * Starts it.
     *
     * @param home what Wine makes of a Windows machine is in it, and what the program says
     */
    static WindowsGame start(GameProgram place, Path home, Path program, String... arguments)
            throws IOException {
        Path log = home.resolve("log");
        Map<String, String> environment = place.environment(QUIETLY, false);
        environment.put("HOME", home.toString());
        environment.put("WINEPREFIX", home.resolve("prefix").toString());
        List<String> words = new ArrayList<>(List.of(WINE.toString(), program.toString()));
        words.addAll(List.of(arguments));
        return new WindowsGame(
                PlayedGame.start(
                        place,
                        words,
                        environment,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(log)),
                log);
    }

    /** Each thing that has happened; the last line may be half. */
    List<String> said() throws IOException {
        return Files.exists(log)
                ? Files.readAllLines(log, US_ASCII).stream()
                        .filter(line -> !line.startsWith(WINES_OWN))
                        .toList()
                : List.of();
    }

    /** Its exit status, once it has ended. */
    int await() throws InterruptedException {
        return game.await();
    }

    @Override
    public void close() {
        game.close();
    }
}
