package kontor.launcher.netns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabInstance;
import kontor.launcher.plan.GameNetworks;
import kontor.launcher.plan.GameProgram;
import kontor.testing.programs.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real namespaces, devices and control groups, under a name that nobody else has. */
@Timeout(120)
final class MachineNetworksIT {

    private final String name = "it-" + UUID.randomUUID().toString().substring(0, 8);
    @TempDir private Path directory;
    private MachineNetworks machine;
    private Lab lab;

    @BeforeEach
    void needsRoot() throws Exception {
        Assumptions.assumeTrue(
                MachineNetworks.refusal().isEmpty(), () -> MachineNetworks.refusal().orElseThrow());
        machine = new MachineNetworks(directory.resolve("networks"));
        lab =
                LabFile.parse(
                        "lan.yaml",
                        """
                        lab: %s
                        ports: { tcp: [2300], udp: [2300] }
                        instances:
                          game1:
                            address: 10.77.0.1
                            peers: { game2: 10.77.0.2 }
                            broadcast: 10.77.0.255
                            vnc: "127.0.0.1:%d"
                          game2: { address: 10.77.0.2, peers: { game1: 10.77.0.1 }, broadcast: 10.77.0.255 }
                        """
                                .formatted(name, freePort()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void leavesNothing() throws IOException {
        if (machine != null) {
            machine.remove();
        }
    }

    @Test
    void allIsThereAndThenGoneTwiceInARow() throws Exception {
        for (int time = 1; time <= 2; time++) {
            GameNetworks networks = MachineNetworks.choose(lab);
            machine.make(networks);

            assertThat(namespaces()).containsAll(networks.namespaces());
            assertThat(NetworkInterface.getByName(networks.devices().getFirst()).isUp()).isTrue();
            assertThat(in("kontor.%s.game1".formatted(name), "ip", "route"))
                    .contains("default dev eth0")
                    .contains("10.77.0.0/24 dev eth0");
            assertThat(in("kontor.%s.game1.adapter".formatted(name), "ip", "-4", "address"))
                    .contains("10.77.0.2/24", "169.254.%d.11".formatted(networks.subnet()))
                    .doesNotContain("10.77.0.1/");
            assertThat(networks.allGroups()).allSatisfy(group -> assertThat(group).isDirectory());

            machine.remove();

            assertThat(namespaces()).noneMatch(each -> each.contains(name));
            assertThat(NetworkInterface.getByName(networks.devices().getFirst())).isNull();
            assertThat(networks.allGroups()).allSatisfy(group -> assertThat(group).doesNotExist());
            assertThat(machine.exist()).isFalse();
        }
    }

    @Test
    void whoComesAfterACrashRemovesAllOfItWithTheProgramsInIt() throws Exception {
        GameNetworks networks = MachineNetworks.choose(lab);
        machine.make(networks);
        Process game = game(networks);

        new MachineNetworks(directory.resolve("networks")).remove();

        assertThat(game.waitFor()).isNotZero();
        assertThat(namespaces()).noneMatch(each -> each.contains(name));
    }

    @Test
    void aPlayedProgramIsInItsGamesNetworkAndGroupAndWhatItLeavesBehindEndsWithIt()
            throws Exception {
        GameNetworks networks = MachineNetworks.choose(lab);
        machine.make(networks);
        LabInstance game = lab.instances().getLast();
        String namespace = networks.namespace(game);
        Path output = directory.resolve("output");
        GameProgram program =
                new GameProgram(game, 2, namespace, machine.group(namespace), Optional.empty());

        try (PlayedGame played =
                PlayedGame.start(
                        program,
                        List.of(
                                "sh",
                                "-c",
                                "ip -4 address; sleep 1000 & echo $KONTOR_GAME $1",
                                "-",
                                "{address}"),
                        program.environment(Map.of(), false),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(output))) {
            assertThat(played.await()).isZero();
            assertThat(output).content().contains("10.77.0.2/24", "game2 10.77.0.2\n");
            assertThat(GroupFiles.processes(networks.group(game).orElseThrow())).hasSize(1);
        }

        assertThat(GroupFiles.processes(networks.group(game).orElseThrow())).isEmpty();
    }

    @Test
    void aScreenIsThereBeforeTheProgramAndGoneAfterIt() throws Exception {
        Programs.require("Xtigervnc");
        GameNetworks networks = MachineNetworks.choose(lab);
        machine.make(networks);
        LabInstance game = lab.instances().getFirst();
        String namespace = networks.namespace(game);
        GameProgram program =
                new GameProgram(game, 1, namespace, machine.group(namespace), Optional.empty());
        Optional<Path> screenGroup = networks.screenGroup(game);

        Path output = directory.resolve("output");
        try (ScreenRelay _ = ScreenRelay.open(program.vnc(), namespace);
                PlayedGame played =
                        PlayedGame.start(
                                program,
                                List.of("sh", "-c", "echo $DISPLAY; exec sleep 1000"),
                                program.environment(Map.of(), true),
                                Optional.of(program.screen("320x240")),
                                screenGroup,
                                Optional.of(output))) {
            await().until(() -> Files.exists(output) && Files.size(output) > 0);
            assertThat(output).content().startsWith(":");
            assertThat(greeting(program.vnc())).isEqualTo("RFB ");
            assertThat(GroupFiles.processes(networks.group(game).orElseThrow())).hasSize(1);

            ProcessHandle.of(GroupFiles.processes(networks.group(game).orElseThrow()).getFirst())
                    .orElseThrow()
                    .destroyForcibly();
            assertThat(played.await()).as("128 and SIGKILL").isEqualTo(137);
            await().until(() -> GroupFiles.processes(screenGroup.orElseThrow()).isEmpty());
            assertThat(greeting(program.vnc())).as("where nobody listens").isEmpty();
        }
    }

    /** As far as a connection gets. */
    private static String greeting(InetSocketAddress vnc) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(vnc);
            return new String(socket.getInputStream().readNBytes(4), UTF_8);
        } catch (SocketException e) {
            return "";
        }
    }

    @Test
    void aScreenThatDoesNotComeUpEndsTheGameWithItsReason() throws Exception {
        machine.make(MachineNetworks.choose(lab));
        LabInstance game = lab.instances().getFirst();
        String namespace = GameNetworks.namespace(lab, game);
        Path output = directory.resolve("output");
        GameProgram program =
                new GameProgram(game, 1, namespace, machine.group(namespace), Optional.empty());

        try (PlayedGame played =
                PlayedGame.start(
                        program,
                        List.of("echo", "played"),
                        Map.of(),
                        Optional.of(List.of("false")),
                        Optional.empty(),
                        Optional.of(output))) {
            assertThat(played.await()).isEqualTo(70);
        }

        assertThat(output).hasContent("kontor: the screen did not come up");
    }

    @Test
    void anotherStacksNamespacesAreLeftAlone() throws Exception {
        GameNetworks networks = MachineNetworks.choose(lab);
        machine.make(networks);
        MachineNetworks other = new MachineNetworks(directory.resolve("others"));

        assertThatThrownBy(() -> other.make(networks))
                .isInstanceOf(NetworksException.class)
                .hasMessage(
                        "network namespace kontor.%s.game1 is there already: does another stack"
                                        .formatted(name)
                                + " play lab '%s'?".formatted(name));
        assertThat(other.exist()).isFalse();
        assertThat(namespaces()).containsAll(networks.namespaces());
    }

    /** A program in the namespace and the control group of game1. */
    private Process game(GameNetworks networks) throws IOException {
        List<String> words = new ArrayList<>();
        networks.group(lab.instances().getFirst())
                .ifPresent(group ->
                        words.addAll(
                                List.of(
                                        "sh",
                                        "-c",
                                        "echo $$ >\"$0\"/cgroup.procs; exec \"$@\"",
                                        group.toString())));
        words.addAll(GameNetworks.within(networks.namespaces().getFirst()));
        words.addAll(List.of("sh", "-c", "echo in; exec sleep 1000"));
        Process game = new ProcessBuilder(words).start();
        assertThat(game.inputReader().readLine()).isEqualTo("in");
        return game;
    }

    private static List<String> namespaces() {
        String[] names = Path.of("/run/netns").toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    private static String in(String namespace, String... command) throws Exception {
        List<String> words = new ArrayList<>(GameNetworks.within(namespace));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
