package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import kontor.lab.LabInstance;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.ReloadAnswer;
import kontor.launcher.netns.GroupFiles;
import kontor.launcher.plan.GameNetworks;
import kontor.launcher.plan.GameProgram;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.process.Signals;
import kontor.launcher.recording.ScreenRecorder;
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
import tools.jackson.databind.JsonNode;

/**
 * A stack whose three games are in network namespaces, all of them with the same addresses around
 * them. Needs root; the lab's name is of this stack only. Processes that die are started again, and
 * an orchestrator stands by.
 */
final class ApartStack implements AutoCloseable {

    static final Set<String> GAMES = Set.of("game1", "game2", "game3");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long MOST_PICTURES = 64 * 1024 * 1024;
    private static final Duration LOOK = Duration.ofMillis(200);

    private final String name = "apart-" + UUID.randomUUID().toString().substring(0, 8);
    private final Path directory;
    private final Stack stack;
    private final Api api;

    private ApartStack(Path directory, List<Integer> tcp, List<Integer> udp) throws Exception {
        this.directory = directory;
        Path lab =
                Files.writeString(
                        directory.resolve("lab.yaml"),
                        """
                        lab: %s
                        ports: { tcp: %s, udp: %s }
                        instances:
                          game1:
                            address: 10.77.0.1
                            peers: { game2: 10.77.0.2, game3: 10.77.0.3 }
                            broadcast: 10.77.0.255
                            vnc: "127.0.0.1:%d"
                          game2:
                            address: 10.77.0.2
                            peers: { game1: 10.77.0.1, game3: 10.77.0.3 }
                            broadcast: 10.77.0.255
                            vnc: "127.0.0.1:%d"
                          game3:
                            address: 10.77.0.3
                            peers: { game1: 10.77.0.1, game2: 10.77.0.2 }
                            broadcast: 10.77.0.255
                        """
                                .formatted(
                                        name,
                                        tcp,
                                        udp,
                                        GameScreen.freePort(),
                                        GameScreen.freePort()));
        stack =
                Launcher.here()
                        .launch(
                                StackSettings.of(directory.resolve("data"), lab)
                                        .withRestartPolicy(RestartPolicy.Always.USUAL)
                                        .withStandby(true)
                                        .withGamesApart());
        stack.awaitReady();
        api = new Api(stack.page());
    }

    /**
     * @param directory empty; everything of the stack is in it
     * @param tcp ports
     * @param udp ports
     */
    static ApartStack start(Path directory, List<Integer> tcp, List<Integer> udp) throws Exception {
        return new ApartStack(directory, tcp, udp);
    }

    Api api() {
        return api;
    }

    /** What its launcher says of snapshots. */
    JsonNode snapshots() throws Exception {
        return api.await(
                "/api/snapshots?lab=" + name,
                list -> !list.path("refusal").asString("").startsWith("no launcher"));
    }

    void takeSnapshot() throws Exception {
        api.post("/api/snapshots", "{\"lab\": \"%s\", \"name\": \"menu\"}".formatted(name));
    }

    LabInstance instance(String game) {
        return stack.lab().instance(new InstanceName(game));
    }

    /** As {@code kontor play} has it. */
    GameProgram program(String game) {
        return new GameProgram(
                instance(game),
                stack.lab().instances().indexOf(instance(game)) + 1,
                namespace(game),
                Optional.of(networks().group(instance(game)).orElseThrow()),
                Optional.empty());
    }

    Optional<Path> screenGroup(String game) {
        return networks().screenGroup(instance(game));
    }

    /** Words before a program so that it runs in a game's namespace. */
    List<String> within(String game) {
        return new ArrayList<>(GameNetworks.within(namespace(game)));
    }

    /** The same, and in the control group by which the adapter freezes it. */
    List<String> frozenWithin(String game) {
        return program(game).command(List.of());
    }

    private String namespace(String game) {
        return "kontor." + name + "." + game;
    }

    private GameNetworks networks() {
        try {
            return new GameNetworks(stack.lab(), 1, GroupFiles.root().orElseThrow());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Keeps pictures of the screens where the gateway looks for them. */
    ScreenRecorder recorder() throws IOException {
        return ScreenRecorder.start(
                stack.lab(),
                stack.page(),
                null,
                new ScreenRecorder.Settings(
                        StackPlanner.pictures(directory.resolve("data")), LOOK, MOST_PICTURES));
    }

    /** Returns when another one does its work. */
    void killTheOrchestrator() {
        awaitStandby();
        StackState.Entry before = orchestrator();
        Signals.kill(before.identity() == null ? 0 : before.identity().pid());
        await(
                "another life of the orchestrator",
                () -> {
                    StackState.Entry now = orchestrator();
                    return now.life() > before.life() && now.phase() == Phase.READY;
                });
    }

    ReloadAnswer reloadWithFrozenGames() throws Exception {
        awaitStandby();
        try (GatewayClient gateway = new GatewayClient(stack.page())) {
            String id = gateway.requestReload(name, "orchestrator-service", true);
            return gateway.followReload(id, GatewayClient.RELOAD_PATIENCE, _ -> {});
        }
    }

    /**
     * Freezes all games by hand, for the first time in the session.
     *
     * @param atMostSeconds then they go on by themselves
     * @return the sequence of the event by which the last of them stood still
     */
    long freeze(String session, int atMostSeconds) throws Exception {
        long before = api.get("/api/sessions/" + session).get("lastSequence").asLong();
        api.post("/api/labs/" + name + "/freeze", "{\"seconds\": %d}".formatted(atMostSeconds));
        return awaitAll(session, before, "game_frozen");
    }

    /**
     * Lets them go on.
     *
     * @param frozen what {@link #freeze} returned
     */
    void thaw(String session, long frozen) throws Exception {
        api.post("/api/labs/" + name + "/thaw");
        awaitAll(session, frozen, "game_thawed");
    }

    /** Waits until each game has such an event; returns the sequence of the last. */
    private long awaitAll(String session, long after, String type) {
        return Awaitility.await(type)
                .atMost(PATIENCE)
                .until(
                        () ->
                                api.events(session, after).stream()
                                        .filter(event -> event.get("type").asString().equals(type))
                                        .toList(),
                        events ->
                                events.stream()
                                        .map(event -> event.get("instance").asString())
                                        .collect(Collectors.toSet())
                                        .equals(GAMES))
                .stream()
                .mapToLong(ApartStack::sequence)
                .max()
                .orElseThrow();
    }

    private static long sequence(JsonNode event) {
        return event.get("sequence").asLong();
    }

    private void awaitStandby() {
        await(
                "the standby",
                () ->
                        stack.state().processes().stream()
                                .anyMatch(entry ->
                                        entry.standing() == Standing.STANDBY
                                                && entry.phase() == Phase.READY));
    }

    private StackState.Entry orchestrator() {
        return stack.state().process(StackPlanner.ORCHESTRATOR).orElseThrow();
    }

    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }

    /** Stops it; of namespaces and control groups nothing is left. */
    @Override
    public void close() throws IOException {
        List<Path> groups = networks().allGroups();
        stack.close();
        String[] namespaces = Path.of("/run/netns").toFile().list();
        assertThat(namespaces == null ? List.<String>of() : List.of(namespaces))
                .noneMatch(each -> each.contains(name));
        assertThat(groups).allSatisfy(group -> assertThat(group).doesNotExist());
        assertThat(new DataDirectory(directory.resolve("data")).networks()).doesNotExist();
    }
}
