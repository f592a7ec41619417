package kontor.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.ReloadAnswer;
import kontor.launcher.netns.GroupFiles;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.plan.GameNetworks;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.process.Signals;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackSettings;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.RestartPolicy;
import kontor.launcher.supervision.Standing;
import kontor.vocabulary.InstanceName;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Games in network namespaces, all of them with the same addresses around them. Needs root; the
 * names are of this test only.
 */
@Timeout(600)
final class GamesApartE2E {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int GAME_PORT = 3979;

    /** About one start of OpenTTD's client in ten hangs without a network cause. */
    private static final int TRIES = 4;

    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(20);
    private static final int COMMANDS = 10;

    @TempDir private static Path directory;

    private static final String LAB = "apart-" + UUID.randomUUID().toString().substring(0, 8);
    private static @Nullable Stack stack;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(
                MachineNetworks.refusal().isEmpty(), () -> MachineNetworks.refusal().orElseThrow());
        Path lab =
                Files.writeString(
                        directory.resolve("lab.yaml"),
                        """
                        lab: %s
                        ports: { tcp: [%d], udp: [%d, %d] }
                        instances:
                          game1:
                            address: 10.77.0.1
                            peers: { game2: 10.77.0.2, game3: 10.77.0.3 }
                            broadcast: 10.77.0.255
                          game2:
                            address: 10.77.0.2
                            peers: { game1: 10.77.0.1, game3: 10.77.0.3 }
                            broadcast: 10.77.0.255
                          game3:
                            address: 10.77.0.3
                            peers: { game1: 10.77.0.1, game2: 10.77.0.2 }
                            broadcast: 10.77.0.255
                        """
                                .formatted(LAB, GAME_PORT, LanSearch.ASKED, LanSearch.ASKING));
        stack =
                Launcher.here()
                        .launch(
                                StackSettings.of(directory.resolve("data"), lab)
                                        .withRestartPolicy(RestartPolicy.Always.USUAL)
                                        .withStandby(true)
                                        .withGamesApart());
        stack.awaitReady();
    }

    @AfterAll
    static void stopsAndLeavesNothing() throws IOException {
        if (stack == null) {
            return;
        }
        stack.close();
        String[] namespaces = Path.of("/run/netns").toFile().list();
        assertThat(namespaces == null ? List.<String>of() : List.of(namespaces))
                .noneMatch(name -> name.contains(LAB));
        assertThat(new DataDirectory(directory.resolve("data")).networks()).doesNotExist();
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
        List<String> words = within(instance);
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
    void openTtdStaysInSyncThroughAKillOfTheOrchestratorAndAReloadWithTheGamesFrozen()
            throws Exception {
        Assumptions.assumeTrue(OpenTtd.installed(), "openttd is not installed");
        Api api = new Api(running().page());
        String session = api.startSession();
        try (OpenTtd server = OpenTtd.server(home("server"), frozenWithin("game1"), GAME_PORT);
                IdleGame _ = new IdleGame(frozenWithin("game3"))) {
            await("the server's map", () -> server.said().contains("starting game"));
            server.type("start_ai Gardener");
            try (OpenTtd client = joined(server)) {
                await("commands on both sides", () -> client.commands().size() > COMMANDS);

                killTheOrchestrator();
                goesOn(client);
                ReloadAnswer reload = reloadWithFrozenGames();
                goesOn(client);

                assertThat(reload.completed()).as("%s", reload).isTrue();
                assertThat(server.troubles()).as(server.said()).isEmpty();
                assertThat(client.troubles()).as(client.said()).isEmpty();
                assertThat(client.runs()).isTrue();
                assertThat(frozen(api, session)).contains("game1", "game2");
                assertThat(client.commands())
                        .as("the client's commands are a run of the server's")
                        .satisfies(commands ->
                                assertThat(Collections.indexOfSubList(server.commands(), commands))
                                        .as("%s in %s", commands, server.commands())
                                        .isNotNegative());
            }
        }
        assertThat(api.settledContinuity(session).get("verdict").asString()).isEqualTo("clean");
    }

    /** In the namespace and the control group of game2, and in the game. */
    private static OpenTtd joined(OpenTtd server) throws Exception {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            int before = joins(server);
            OpenTtd client =
                    OpenTtd.client(
                            home("client" + attempt),
                            frozenWithin("game2"),
                            "10.77.0.1:" + GAME_PORT);
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

    /** More commands than there were arrive. */
    private static void goesOn(OpenTtd client) throws IOException {
        int before = client.commands().size();
        await("more commands", () -> client.commands().size() > before + COMMANDS);
    }

    private static void killTheOrchestrator() {
        await("the standby", GamesApartE2E::hasStandby);
        StackState.Entry before = orchestrator();
        Signals.kill(before.identity() == null ? 0 : before.identity().pid());
        await(
                "another life of the orchestrator",
                () -> {
                    StackState.Entry now = orchestrator();
                    return now.life() > before.life() && now.phase() == Phase.READY;
                });
    }

    private static ReloadAnswer reloadWithFrozenGames() throws Exception {
        await("the standby", GamesApartE2E::hasStandby);
        try (GatewayClient gateway = new GatewayClient(running().page())) {
            String id = gateway.requestReload(LAB, "orchestrator-service", true);
            return gateway.followReload(id, GatewayClient.RELOAD_PATIENCE, _ -> {});
        }
    }

    private static List<String> frozen(Api api, String session) throws Exception {
        return api.events(session).stream()
                .filter(event -> event.get("type").asString().equals("game_frozen"))
                .map(event -> event.get("instance").asString())
                .toList();
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

    private static StackState.Entry orchestrator() {
        return running().state().process(StackPlanner.ORCHESTRATOR).orElseThrow();
    }

    private static boolean hasStandby() {
        return running().state().processes().stream()
                .anyMatch(entry ->
                        entry.standing() == Standing.STANDBY && entry.phase() == Phase.READY);
    }

    /** Words before a program so that it runs in a game's namespace. */
    private static List<String> within(String instance) {
        return new ArrayList<>(GameNetworks.within("kontor." + LAB + "." + instance));
    }

    /** The same, and in the control group by which the adapter freezes it. */
    private static List<String> frozenWithin(String instance) throws IOException {
        GameNetworks networks =
                new GameNetworks(running().lab(), 1, GroupFiles.root().orElseThrow());
        Path group =
                networks.group(running().lab().instance(new InstanceName(instance))).orElseThrow();
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "sh",
                                "-c",
                                "echo $$ >\"$0\" && exec \"$@\"",
                                GroupFiles.members(group).toString()));
        words.addAll(within(instance));
        return words;
    }

    private static Path home(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private static Stack running() {
        if (stack == null) {
            throw new IllegalStateException("the stack has not started");
        }
        return stack;
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }
}
