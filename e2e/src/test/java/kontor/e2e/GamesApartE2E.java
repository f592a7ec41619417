package kontor.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import kontor.launcher.gateway.ReloadAnswer;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.recording.ScreenRecorder;
import kontor.launcher.snapshots.SnapshotCheck;
import kontor.testing.programs.Chromium;
import kontor.testing.programs.Programs;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Real programs in network namespaces, all of them with the same addresses around them. Needs root.
 */
@Timeout(600)
final class GamesApartE2E {

    private static final int GAME_PORT = 3979;

    /** About one start of OpenTTD's client in ten hangs without a network cause. */
    private static final int TRIES = 4;

    private static final int WINDOWS_PORT = 4000;
    private static final int TURNS = 500;
    private static final String LAST_TURN = "turn " + TURNS;

    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(20);
    private static final int COMMANDS = 10;

    /** At least; between freeze, kill and reload a quarter of it each. */
    private static final Duration PLAY = Duration.ofSeconds(Long.getLong("kontor.e2e.play", 0));

    private static final Duration STILL = Duration.ofSeconds(5);

    /** OpenTTD drops a peer after 15 s of silence, and need not find out that none was there. */
    private static final int STILL_AT_MOST_SECONDS = 14;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The browser is one program more beside the games and the stack. */
    private static final int PAGE_MILLIS = 180_000;

    /** A terminal has few, a map has many. */
    private static final int COLOURS = 8;

    @TempDir private static Path directory;
    private static @Nullable ApartStack stack;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(
                MachineNetworks.refusal().isEmpty(), () -> MachineNetworks.refusal().orElseThrow());
        stack =
                ApartStack.start(
                        directory,
                        List.of(GAME_PORT, WINDOWS_PORT),
                        List.of(GAME_PORT, WINDOWS_PORT, LanSearch.ASKED, LanSearch.ASKING));
    }

    @AfterAll
    static void stopsAndLeavesNothing() throws IOException {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void aSearchReachesEachOtherGameOnceAndTheAnswersComeBackToThePortThatAsked() throws Exception {
        Process second = search("game2", "answer", "game2");
        Process third = search("game3", "answer", "game3");
        assertThat(second.inputReader().readLine()).isEqualTo("listening");
        assertThat(third.inputReader().readLine()).isEqualTo("listening");

        Process first = search("game1", "ask", "10.77.0.2", "10.77.0.3");

        assertThat(linesOf(first))
                .containsExactlyInAnyOrder(
                        "10.77.0.2:47624 game2",
                        "10.77.0.2:47624 game2",
                        "10.77.0.3:47624 game3",
                        "10.77.0.3:47624 game3");
        for (Process other : List.of(second, third)) {
            assertThat(linesOf(other))
                    .containsExactly(
                            "10.77.0.1:2350 who plays, 255.255.255.255",
                            "10.77.0.1:2350 who plays, 10.77.0.255",
                            "10.77.0.1:2350 last");
        }
    }

    private static Process search(String instance, String... arguments) throws IOException {
        List<String> words = running().within(instance);
        words.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LanSearch.class.getName()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    private static List<String> linesOf(Process process) throws IOException {
        return process.inputReader(UTF_8).readAllLines();
    }

    @Test
    void openTtdStaysInSyncThroughAFreezeAKillAndAReloadWatchedAndRecorded() throws Exception {
        Assumptions.assumeTrue(OpenTtd.installed(), "openttd is not installed");
        Programs.require("Xtigervnc", "xterm");
        Api api = running().api();
        String session = api.startSession();
        try (GameScreen console = screen("game1");
                GameScreen map = screen("game2");
                OpenTtd server =
                        OpenTtd.server(home("server"), running().frozenWithin("game1"), GAME_PORT);
                IdleGame _ = new IdleGame(running().frozenWithin("game3"));
                ScreenRecorder _ = running().recorder()) {
            console.show(server.log());
            ApartStack.await("the server's map", () -> server.said().contains("starting game"));
            server.type("start_ai Gardener");
            try (OpenTtd client = joined(server, map)) {
                ApartStack.await(
                        "commands on both sides", () -> client.commands().size() > COMMANDS);
                Instant joined = Instant.now();

                goesOn(client, joined.plus(PLAY.dividedBy(4)));
                long still = standStill(session, server, map);
                goesOn(client, joined.plus(PLAY.dividedBy(2)));
                running().killTheOrchestrator();
                goesOn(client, joined.plus(PLAY.multipliedBy(3).dividedBy(4)));
                ReloadAnswer reload = running().reloadWithFrozenGames();
                assertThat(reload.completed()).as("%s", reload).isTrue();
                goesOn(client, joined.plus(PLAY));

                assertThat(server.troubles()).as(server.said()).isEmpty();
                assertThat(client.troubles()).as(client.said()).isEmpty();
                assertThat(client.runs()).isTrue();
                assertThat(client.commands())
                        .as("the client's commands are a run of the server's")
                        .satisfies(commands ->
                                assertThat(Collections.indexOfSubList(server.commands(), commands))
                                        .as("%s in %s", commands, server.commands())
                                        .isNotNegative());
                seenInThePage(session, still);
            }
        }
        assertThat(api.settledContinuity(session).get("verdict").asString()).isEqualTo("clean");
    }

    /** Game3 is asked too, and nobody is there to answer. */
    @Test
    void aWindowsProgramIsFoundJoinedAndPlayedFrozenAndThawedWithoutALostOrDoubledTurn()
            throws Exception {
        WindowsGame.require();
        Path program = WindowsGame.build(directory);
        Api api = running().api();
        String session = api.startSession();
        String port = Integer.toString(WINDOWS_PORT);
        try (WindowsGame host =
                        WindowsGame.start(
                                running().program("game1"), home("host"), program, "host", port);
                IdleGame _ = new IdleGame(running().frozenWithin("game3"))) {
            ApartStack.await("the host", () -> host.said().contains("listening"));
            try (WindowsGame guest =
                    WindowsGame.start(
                            running().program("game2"),
                            home("guest"),
                            program,
                            "join",
                            port,
                            Integer.toString(TURNS))) {
                ApartStack.await("turns", () -> guest.said().size() > COMMANDS);

                long still = running().freeze(session, STILL_AT_MOST_SECONDS);
                List<String> before = guest.said();
                Instant enough = Instant.now().plus(STILL);
                ApartStack.await("five seconds", () -> Instant.now().isAfter(enough));
                assertThat(guest.said()).isEqualTo(before).doesNotContain(LAST_TURN);
                running().thaw(session, still);

                assertThat(guest.await()).as("%s", guest.said()).isZero();
                assertThat(host.await()).as("%s", host.said()).isZero();
                assertThat(guest.said())
                        .startsWith("10.77.0.1:4000 says: I do", "turn 1", "turn 2")
                        .endsWith(LAST_TURN, "played " + TURNS + " turns");
                assertThat(host.said())
                        .containsExactly(
                                "listening",
                                "10.77.0.2:4000 asks: who plays?",
                                "played " + TURNS + " turns");
            }
        }
        assertThat(api.settledContinuity(session).get("verdict").asString()).isEqualTo("clean");
    }

    /** That a real game is written and restored has not been seen: the build's CRIU cannot. */
    @Test
    void aSnapshotIsOfferedWhereCriuCanAndElseRefusedWithItsReasonAndNoGameStandsStill()
            throws Exception {
        String session = running().api().startSession();

        JsonNode said = running().snapshots();

        switch (SnapshotCheck.run(SnapshotCheck.program())) {
            case SnapshotCheck.Finding.Able _ ->
                    assertThat(said.get("available").asBoolean()).isTrue();
            case SnapshotCheck.Finding.Unable(String reason) -> {
                assertThat(said.get("available").asBoolean()).isFalse();
                assertThat(said.get("refusal").asString()).isEqualTo(reason);
                assertThatThrownBy(() -> running().takeSnapshot())
                        .hasMessageContaining("409")
                        .hasMessageContaining("snapshot-refused")
                        .hasMessageContaining(reason);
            }
        }
        assertThat(running().api().events(session))
                .noneMatch(event -> event.get("type").asString().equals("game_frozen"));
    }

    private static GameScreen screen(String game) throws IOException {
        return GameScreen.of(running().program(game), running().screenGroup(game));
    }

    /** In the namespace and the control group of game2, and in the game. */
    private static OpenTtd joined(OpenTtd server, GameScreen screen) throws Exception {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            int before = joins(server);
            OpenTtd client =
                    OpenTtd.client(
                            home("client" + attempt),
                            running().frozenWithin("game2"),
                            "10.77.0.1:" + GAME_PORT,
                            screen);
            try {
                Awaitility.await().atMost(JOIN_PATIENCE).until(() -> joins(server) > before);
                return client;
            } catch (org.awaitility.core.ConditionTimeoutException e) {
                client.close();
            }
        }
        throw new AssertionError("no client joined; the server: " + server.said());
    }

    private static int joins(OpenTtd server) throws IOException {
        return (int) server.said().lines().filter(line -> line.contains(" joined as ")).count();
    }

    /** More commands than there were arrive, until that time at least. */
    private static void goesOn(OpenTtd client, Instant until) throws IOException {
        int before = client.commands().size();
        ApartStack.await(
                "more commands",
                () -> Instant.now().isAfter(until) && client.commands().size() > before + COMMANDS);
    }

    /**
     * Nothing happens for five seconds, and the picture of that moment shows what a VNC client sees
     * meanwhile, unlike the pictures of before and after.
     *
     * @return the sequence at which the last game stood still
     */
    private static long standStill(String session, OpenTtd server, GameScreen screen)
            throws Exception {
        long still = running().freeze(session, STILL_AT_MOST_SECONDS);
        int commands = server.commands().size();
        Instant enough = Instant.now().plus(STILL);
        int[] seen = GameScreen.pixels(screen.look());
        Awaitility.await("the picture of No. " + still)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(recorded(session, "?at=" + still)).isEqualTo(seen));
        ApartStack.await("five seconds", () -> Instant.now().isAfter(enough));
        assertThat(server.commands()).hasSize(commands);
        running().thaw(session, still);

        assertThat(recorded(session, "?at=1")).isNotEqualTo(seen);
        Awaitility.await("another picture")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(recorded(session, "")).isNotEqualTo(seen));
        return still;
    }

    private static int[] recorded(String session, String at) throws Exception {
        URI picture = running().api().root().resolve(picture(session, at));
        return GameScreen.pixels(requireNonNull(ImageIO.read(picture.toURL())));
    }

    /** Where the recorded picture of game2 is. */
    private static String picture(String session, String at) throws Exception {
        return running()
                .api()
                .get("/api/sessions/" + session + "/screens" + at)
                .get("pictures")
                .valueStream()
                .filter(each -> each.get("instance").asString().equals("game2"))
                .findFirst()
                .orElseThrow()
                .get("picture")
                .asString();
    }

    /** Both screens side by side, live, and above them what they looked like then. */
    private static void seenInThePage(String session, long sequence) throws Exception {
        try (Playwright playwright = Chromium.playwright();
                Browser browser = Chromium.launch(playwright);
                Page page = browser.newPage()) {
            page.setViewportSize(1440, 1000);
            page.setDefaultTimeout(PAGE_MILLIS);
            PlaywrightAssertions.setDefaultAssertionTimeout(PAGE_MILLIS);
            page.navigate(
                    running().api().root()
                            + "?session=%s&event=%d&tab=screens".formatted(session, sequence));
            assertThat(page.locator("figure.screen.there")).hasCount(2);
            Locator first = page.locator("figure.screen.there[data-instance=game1]");
            Locator second = page.locator("figure.screen.there[data-instance=game2]");
            Locator console = first.locator("canvas");
            Locator map = second.locator("canvas");
            Awaitility.await("both screens")
                    .pollInSameThread()
                    .atMost(Duration.ofMillis(PAGE_MILLIS))
                    .until(() -> colours(console) > 1 && colours(map) > COLOURS);
            assertThat(second.boundingBox().x)
                    .isGreaterThanOrEqualTo(first.boundingBox().x + first.boundingBox().width);
            assertThat(second.boundingBox().y).isEqualTo(first.boundingBox().y);
            Locator then = page.locator("figure.picture[data-instance=game2] img");
            String recorded = picture(session, "?at=" + sequence);
            assertThat(then).hasAttribute("src", recorded.substring(1));
            assertThat(then).hasJSProperty("naturalWidth", GameScreen.WIDTH);
        }
    }

    private static int colours(Locator canvas) {
        return ((Number)
                        canvas.evaluate(
                                """
                                canvas => new Set(new Uint32Array(canvas.getContext("2d")
                                    .getImageData(0, 0, canvas.width, canvas.height)
                                    .data.buffer)).size
                                """))
                .intValue();
    }

    /** Something to freeze, where nobody plays. */
    private record IdleGame(Process process) implements AutoCloseable {

        IdleGame(List<String> place) throws IOException {
            this(new ProcessBuilder(with(place)).start());
        }

        private static List<String> with(List<String> place) {
            List<String> words = new ArrayList<>(place);
            words.addAll(List.of("sleep", "1000"));
            return words;
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    private static Path home(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private static ApartStack running() {
        if (stack == null) {
            throw new IllegalStateException("the stack has not started");
        }
        return stack;
    }
}
