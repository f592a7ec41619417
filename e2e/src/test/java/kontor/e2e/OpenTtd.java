package kontor.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * OpenTTD as Debian packages it, with a directory and a configuration of its own: a dedicated
 * server with a computer player that plants trees all the time, or a client that watches. Closing
 * kills it.
 */
final class OpenTtd implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/games/openttd");

    /** What either side says when the games are not one any more. */
    private static final Pattern TROUBLE =
            Pattern.compile("desync|timeout|made an error|connection lost|is slow");

    private static final String CONFIGURATION =
            """
            [misc]
            graphicsset = OpenGFX
            soundsset = NoSound
            musicset = NoMusic
            [network]
            sync_freq = 10
            server_name = Kontor
            server_game_type = local
            use_relay_service = never
            client_name = {name}
            [gui]
            autosave = off
            [difficulty]
            max_no_competitors = 1
            [ai_players]
            none =
            Gardener =
            """;

    private static final String GARDENER =
            """
            class Gardener extends AIInfo {
              function GetAuthor() { return "Kontor"; }
              function GetName() { return "Gardener"; }
              function GetDescription() { return "Plants trees"; }
              function GetVersion() { return 1; }
              function GetDate() { return "2026-01-01"; }
              function CreateInstance() { return "Gardener"; }
              function GetShortName() { return "GRDN"; }
              function GetAPIVersion() { return "12"; }
            }
            RegisterAI(Gardener());
            """;

    private static final String PLANTING =
            """
            class Gardener extends AIController {
              function Start() {
                while (true) {
                  local x = 1 + AIBase.RandRange(AIMap.GetMapSizeX() - 2);
                  local y = 1 + AIBase.RandRange(AIMap.GetMapSizeY() - 2);
                  AITile.PlantTree(AIMap.GetTileIndex(x, y));
                  this.Sleep(10);
                }
              }
            }
            """;

    private final Path home;
    private final Process process;

    private OpenTtd(Path home, List<String> words, Map<String, String> environment)
            throws IOException {
        this.home = home;
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    static boolean installed() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * @param place words before the program: where it runs
     */
    static OpenTtd server(Path home, List<String> place, int port) throws IOException {
        Path configuration = prepare(home, "server");
        return new OpenTtd(
                home,
                words(
                        place,
                        configuration,
                        List.of("-D", "0.0.0.0:" + port, "-t", "1990", "-G", "12345")),
                Map.of());
    }

    /**
     * @param place words before the program: where it runs
     */
    static OpenTtd client(Path home, List<String> place, String server, GameScreen screen)
            throws IOException {
        Map<String, String> environment = new HashMap<>(screen.environment());
        environment.put("SDL_VIDEODRIVER", "x11");
        environment.put("SDL_AUDIODRIVER", "dummy");
        Path configuration = prepare(home, "client");
        return new OpenTtd(
                home,
                words(
                        place,
                        configuration,
                        List.of(
                                "-v",
                                "sdl",
                                "-b",
                                "8bpp-simple",
                                "-r",
                                GameScreen.WIDTH + "x" + GameScreen.HEIGHT,
                                "-s",
                                "null",
                                "-m",
                                "null",
                                "-n",
                                server + "#255")),
                environment);
    }

    private static Path prepare(Path home, String name) throws IOException {
        Path player = home.resolve(".local/share/openttd/ai/gardener");
        Files.createDirectories(player);
        Files.writeString(player.resolve("info.nut"), GARDENER);
        Files.writeString(player.resolve("main.nut"), PLANTING);
        return Files.writeString(
                home.resolve("openttd.cfg"), CONFIGURATION.replace("{name}", name));
    }

    private static List<String> words(
            List<String> place, Path configuration, List<String> options) {
        List<String> words = new ArrayList<>(place);
        words.addAll(
                List.of(
                        PROGRAM.toString(),
                        "-x",
                        "-c",
                        configuration.toString(),
                        "-d",
                        "net=3,desync=2"));
        words.addAll(options);
        return words;
    }

    /** Types a line into the server's console. */
    void type(String line) throws IOException {
        process.outputWriter().append(line).append('\n').flush();
    }

    boolean runs() {
        return process.isAlive();
    }

    /** All that it has said. */
    String said() throws IOException {
        return Files.readString(log(), ISO_8859_1);
    }

    /** Lines that say that the games are not one any more. */
    List<String> troubles() throws IOException {
        return said().lines().filter(line -> TROUBLE.matcher(line).find()).toList();
    }

    /**
     * The commands that it has carried out: date, part of the day, company, command, error, tile.
     * What follows is text for people.
     */
    List<String> commands() throws IOException {
        Path file = home.resolve("save/autosave/commands-out.log");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file, ISO_8859_1);
        // The last line may not be whole.
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith("cmd: "))
                .map(line -> line.substring(5))
                .map(line -> String.join(";", List.of(line.split(";", -1)).subList(0, 6)))
                .toList();
    }

    /** Where all that is. */
    Path log() {
        return home.resolve("log");
    }

    @Override
    public void close() {
        // A polite end does not stop a client.
        process.destroyForcibly().onExit().join();
    }
}
