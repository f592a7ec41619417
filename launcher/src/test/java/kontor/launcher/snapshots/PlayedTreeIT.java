package kontor.launcher.snapshots;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabInstance;
import kontor.launcher.gateway.FrozenMoment;
import kontor.launcher.netns.GroupFiles;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.netns.PlayedGame;
import kontor.launcher.plan.GameNetworks;
import kontor.launcher.plan.GameProgram;
import kontor.testing.programs.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program with a screen, as {@code kontor play --screen} starts it, in a real namespace and real
 * control groups; a program in CRIU's place notes what it would find. Needs root.
 */
@Timeout(120)
final class PlayedTreeIT {

    /** Notes the root, the game's group and the namespace that it is in. */
    private static final String CRIU =
            """
            #!/bin/sh
            if [ "$1" = dump ]; then
                readlink /proc/self/ns/net >"DIRECTORY/network"
                while [ $# -gt 0 ]; do
                    case $1 in
                    --tree) echo "$2" >"DIRECTORY/tree" ;;
                    --freeze-cgroup) cat "$2/cgroup.procs" >"DIRECTORY/frozen" ;;
                    esac
                    shift
                done
            fi
            """;

    @TempDir private Path directory;
    private MachineNetworks machine;
    private Lab lab;

    @BeforeEach
    void makeNetworks() throws Exception {
        Assumptions.assumeTrue(
                MachineNetworks.refusal().isEmpty(), () -> MachineNetworks.refusal().orElseThrow());
        Programs.require("Xtigervnc");
        lab =
                LabFile.parse(
                        "lan.yaml",
                        """
                        lab: it-%s
                        ports: { tcp: [2300], udp: [2300] }
                        instances:
                          game1:
                            address: 10.77.0.1
                            peers: { game2: 10.77.0.2 }
                            vnc: "127.0.0.1:%d"
                          game2: { address: 10.77.0.2, peers: { game1: 10.77.0.1 } }
                        """
                                .formatted(
                                        UUID.randomUUID().toString().substring(0, 8), freePort()));
        machine = new MachineNetworks(directory.resolve("networks"));
        machine.make(MachineNetworks.choose(lab));
    }

    @AfterEach
    void removeNetworks() throws IOException {
        if (machine != null) {
            machine.remove();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Nobody freezes: the groups are what is looked at. */
    private static final class Lying implements PlayedLab {

        @Override
        public FrozenMoment freeze(Set<String> games) {
            return new FrozenMoment("f1", "s1", 1);
        }

        @Override
        public Duration longestFreeze() {
            return Duration.ofMinutes(10);
        }

        @Override
        public void thaw(FrozenMoment frozen) {}

        @Override
        public String startSession(String note) {
            return "s2";
        }
    }

    @Test
    void aGameAndItsScreenAreOneTreeInOneNamespaceAndStandStillTogetherWhileTheyAreWritten()
            throws Exception {
        LabInstance game = lab.instances().getFirst();
        String namespace = GameNetworks.namespace(lab, game);
        Path group = machine.group(namespace).orElseThrow();
        Path screenGroup = machine.group(namespace + ".screen").orElseThrow();
        GameProgram program =
                new GameProgram(game, 1, namespace, Optional.of(group), Optional.empty());
        Path criu =
                Files.writeString(
                        directory.resolve("criu"), CRIU.replace("DIRECTORY", directory.toString()));
        Files.setPosixFilePermissions(criu, PosixFilePermissions.fromString("rwx------"));
        Snapshots snapshots =
                new Snapshots(
                        criu.toString(),
                        new SnapshotShelf(directory.resolve("snapshots")),
                        new Lying(),
                        new KernelProcesses(),
                        Clock.systemUTC());

        try (PlayedGame played =
                PlayedGame.start(
                        program,
                        List.of("sh", "-c", "sleep 1000 & exec sleep 1000"),
                        program.environment(Map.of(), true),
                        Optional.of(program.screen("320x240")),
                        Optional.of(screenGroup),
                        Optional.of(directory.resolve("output")))) {
            await().until(() -> GroupFiles.processes(group).size() == 2);
            List<Long> gameProcesses = GroupFiles.processes(group);
            List<Long> screenProcesses = GroupFiles.processes(screenGroup);
            assertThat(screenProcesses).hasSize(2).contains(played.root().pid());
            assertThat(network("self")).isNotEqualTo(network(played.root().pid()));

            SnapshotManifest taken =
                    snapshots.take("menu", lab.name().value(), GamePlaces.of(machine, lab));

            assertThat(noted("tree")).containsExactly(Long.toString(played.root().pid()));
            assertThat(noted("frozen").stream().map(Long::valueOf))
                    .as("of the game's group, while it is written")
                    .containsAll(gameProcesses)
                    .containsAll(screenProcesses)
                    .hasSize(4);
            assertThat(taken.screen("game1")).containsExactlyInAnyOrderElementsOf(screenProcesses);
            assertThat(GroupFiles.processes(screenGroup))
                    .as("the screen goes on while the game is frozen, as before")
                    .containsExactlyInAnyOrderElementsOf(screenProcesses);
            assertThat(GroupFiles.processes(group))
                    .containsExactlyInAnyOrderElementsOf(gameProcesses);
            for (long process : GroupFiles.processes(screenGroup)) {
                assertThat(network(process)).isEqualTo(noted("network").getFirst());
            }
        }
    }

    private static String network(Object process) throws IOException {
        return requireNonNull(Files.readSymbolicLink(Path.of("/proc/" + process + "/ns/net")))
                .toString();
    }

    private List<String> noted(String what) throws IOException {
        return Files.readAllLines(directory.resolve(what));
    }
}
