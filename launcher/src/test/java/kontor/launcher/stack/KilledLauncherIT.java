package kontor.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabInstance;
import kontor.launcher.cli.KontorCommand;
import kontor.launcher.netns.GroupFiles;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.plan.GameNetworks;
import kontor.launcher.plan.GameProgram;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A launcher that is killed leaves all that it has made to {@code kontor down}. */
@Timeout(300)
final class KilledLauncherIT {

    private static final Set<String> SERVICES =
            Set.of("orchestrator", "analysis", "gateway", "adapter-game1", "adapter-game2");

    @TempDir private Path directory;

    @Test
    void downEndsItsProcessesAndItsGamesAndRemovesNamespacesDevicesAndControlGroups()
            throws Exception {
        Assumptions.assumeTrue(
                MachineNetworks.refusal().isEmpty(), () -> MachineNetworks.refusal().orElseThrow());
        Path file = lab();
        Lab lab = LabFile.read(file);
        DataDirectory data = new DataDirectory(directory.resolve("data"));
        Process launcher = launcher(data, file);
        try {
            assertThat(launcher.inputReader().readLine()).isEqualTo("ready");
            GameNetworks networks = new GameNetworks(lab, 1, GroupFiles.root().orElseThrow());
            Process game = game(data, lab, networks);
            launcher.destroyForcibly().waitFor();
            List<ProcessHandle> left =
                    data.readState().orElseThrow().living().stream()
                            .flatMap(entry -> Optional.ofNullable(entry.identity()).stream())
                            .flatMap(identity -> ProcessHandle.of(identity.pid()).stream())
                            .toList();
            assertThat(left).hasSize(2).allMatch(ProcessHandle::isAlive);
            assertThat(game.isAlive()).isTrue();
            assertThat(namespaces()).containsAll(networks.namespaces());

            assertThat(KontorCommand.execute("down", "--data", data.path().toString())).isZero();

            // Process 1 takes a moment to see that orphans of the launcher have ended.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> left.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(game.waitFor()).isNotZero();
            assertThat(namespaces()).doesNotContainAnyElementsOf(networks.namespaces());
            for (String device : networks.devices()) {
                assertThat(NetworkInterface.getByName(device)).as(device).isNull();
            }
            assertThat(networks.allGroups())
                    .isNotEmpty()
                    .allSatisfy(group -> assertThat(group).doesNotExist());
            assertThat(data.networks()).doesNotExist();
            assertThat(data.readState()).isEmpty();
        } finally {
            launcher.destroyForcibly();
            KontorCommand.execute("down", "--data", data.path().toString());
        }
    }

    private Path lab() throws IOException {
        return Files.writeString(
                directory.resolve("lab.yaml"),
                """
                lab: killed-%s
                ports: { tcp: [2300], udp: [2300] }
                instances:
                  game1: { address: 10.77.0.1, peers: { game2: 10.77.0.2 }, broadcast: 10.77.0.255 }
                  game2: { address: 10.77.0.2, peers: { game1: 10.77.0.1 }, broadcast: 10.77.0.255 }
                """
                        .formatted(UUID.randomUUID().toString().substring(0, 8)));
    }

    private Process launcher(DataDirectory data, Path lab) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launching.class.getName(),
                        data.path().toString(),
                        lab.toString())
                .redirectError(directory.resolve("launcher.log").toFile())
                .start();
    }

    /** A program as a game, in the namespace and the control group of game1. */
    private static Process game(DataDirectory data, Lab lab, GameNetworks networks)
            throws IOException {
        LabInstance game = lab.instances().getFirst();
        String namespace = networks.namespace(game);
        GameProgram program =
                new GameProgram(
                        game,
                        1,
                        namespace,
                        new MachineNetworks(data.networks()).group(namespace),
                        Optional.empty());
        Process process =
                new ProcessBuilder(program.command(List.of("sh", "-c", "echo in; exec sleep 1000")))
                        .start();
        assertThat(process.inputReader().readLine()).isEqualTo("in");
        return process;
    }

    private static List<String> namespaces() {
        String[] names = Path.of("/run/netns").toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    /** Starts broker, database and namespaces, says so, and waits for its end. */
    static final class Launching {

        private Launching() {}

        public static void main(String[] arguments) throws Exception {
            try (Stack stack =
                    Launcher.here()
                            .launch(
                                    StackSettings.of(Path.of(arguments[0]), Path.of(arguments[1]))
                                            .without(SERVICES)
                                            .withGamesApart())) {
                stack.awaitReady();
                System.out.println("ready");
                stack.awaitStopped();
            }
        }
    }
}
