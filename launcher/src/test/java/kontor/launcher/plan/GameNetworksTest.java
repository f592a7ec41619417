package kontor.launcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;
import org.junit.jupiter.api.Test;

/** What is to be made for games that are apart, and how the stack reaches their adapters. */
final class GameNetworksTest {

    private static final String LAN =
            """
            lab: duel
            ports: { tcp: [2300], udp: [2300] }
            instances:
              game1: { address: 10.77.0.1, peers: { game2: 10.77.0.2 }, broadcast: 10.77.0.255 }
              game2: { address: 10.77.0.2, peers: { game1: 10.77.0.1 }, broadcast: 10.77.0.255 }
            """;

    private final GameNetworks networks = new GameNetworks(lab(LAN), 9, Path.of("/sys/fs/cgroup"));

    @Test
    void aGameHasItsAddressAndADefaultRouteAndItsAdapterThoseOfTheOthersAndAnUplink() {
        List<String> ofGame1 = lines().stream().filter(line -> !line.contains("game2")).toList();

        assertThat(ofGame1)
                .filteredOn(line -> !line.contains("2.adapter"))
                .startsWith(
                        "ip netns add kontor.duel.game1",
                        "ip netns add kontor.duel.game1.adapter",
                        "ip -n kontor.duel.game1 link set lo up",
                        "ip -n kontor.duel.game1.adapter link set lo up",
                        "ip -n kontor.duel.game1.adapter link add lan type veth peer name eth0"
                                + " netns kontor.duel.game1",
                        "ip -n kontor.duel.game1.adapter address add 10.77.0.2/24 broadcast"
                                + " 10.77.0.255 dev lan",
                        "ip -n kontor.duel.game1 address add 10.77.0.1/24 broadcast 10.77.0.255"
                                + " dev eth0",
                        "ip -n kontor.duel.game1.adapter link set lan up",
                        "ip -n kontor.duel.game1 link set eth0 up",
                        "ip -n kontor.duel.game1 route add default dev eth0")
                .contains(
                        "ip link add kt002f38f8.1 type veth peer name uplink netns"
                                + " kontor.duel.game1.adapter",
                        "ip address add 169.254.9.1 peer 169.254.9.11 dev kt002f38f8.1",
                        "ip -n kontor.duel.game1.adapter address add 169.254.9.11 peer 169.254.9.1"
                                + " dev uplink");
    }

    @Test
    void theSameAddressesAreInTheNetworkOfTheOther() {
        assertThat(lines())
                .contains(
                        "ip -n kontor.duel.game2.adapter address add 10.77.0.1/24 broadcast"
                                + " 10.77.0.255 dev lan",
                        "ip -n kontor.duel.game2 address add 10.77.0.2/24 broadcast 10.77.0.255"
                                + " dev eth0",
                        "ip address add 169.254.9.1 peer 169.254.9.12 dev kt002f38f8.2");
    }

    @Test
    void namesOfDevicesFitIntoTheKernelsFifteenCharacters() {
        String name = "a".repeat(63);
        GameNetworks longest = new GameNetworks(lab(LAN.replace("duel", name)), 9, null);

        assertThat(longest.devices())
                .allSatisfy(device -> assertThat(device).hasSizeBetween(1, 15));
    }

    @Test
    void labsWhoseNamesAndInstancesRunTogetherAreApart() {
        GameNetworks one = new GameNetworks(lab(LAN.replace("duel", "a-b")), 9, null);
        GameNetworks other =
                new GameNetworks(
                        lab(LAN.replace("duel", "a").replace("game1", "b-game1")), 9, null);

        assertThat(one.namespaces()).doesNotContainAnyElementsOf(other.namespaces());
    }

    @Test
    void aLabOnLoopbackOrOfAGameThatIsNotKnownIsRefusedInASentence() {
        assertThat(GameNetworks.refusal(Plans.duel()).orElseThrow())
                .isEqualTo(
                        "127.1.0.1 of instance game1 cannot be on a virtual LAN; addresses like"
                                + " 10.77.0.1 can, see launcher/labs/lan.yaml");
        assertThat(GameNetworks.refusal(lab(LAN.replace("address: 10.77.0.2", "address: first"))))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("instance game2 has 'address: first'"));
        assertThat(GameNetworks.refusal(lab(LAN))).isEmpty();
    }

    @Test
    void aSubnetOfCloudServicesIsNeverChosen() {
        assertThat(GameNetworks.subnets(lab(LAN))).hasSize(253).doesNotContain(169, 0, 255);
    }

    @Test
    void adaptersRunInTheirNamespacesAndReachTheBrokerThroughTheirUplinks() {
        StackPlan plan = Plans.apart(networks);
        ProcessSpec adapter = plan.process("adapter-game2");

        assertThat(adapter.within())
                .containsExactly("nsenter", "--net=/run/netns/kontor.duel.game2.adapter");
        assertThat(adapter.environment())
                .containsEntry("KONTOR_KAFKA_SERVERS", "169.254.9.1:29092")
                .containsEntry("KONTOR_HTTP_ADDRESS", "169.254.9.12")
                .containsEntry("KONTOR_FREEZE_CGROUP", "/sys/fs/cgroup/kontor.duel.game2");
        assertThat(adapter.readiness())
                .hasToString("Http[address=http://169.254.9.12:8092/readyz]");
        assertThat(Plans.brokerSettings(plan))
                .contains(
                        "listeners=CLIENTS://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093,"
                                + "GAMES://169.254.9.1:29092\n",
                        "advertised.listeners=CLIENTS://127.0.0.1:9092,GAMES://169.254.9.1:29092\n");
    }

    @Test
    void adaptersInNamespacesCannotShareAProcess() {
        assertThatThrownBy(() -> Plans.together(networks.lab(), Optional.of(networks)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "games in network namespaces need adapters apart; leave out --adapters"
                                + " together or --netns");
    }

    @Test
    void whoIsInANamespaceNeedsNoFreePortsHere() {
        assertThat(Plans.apart(networks).portClaims())
                .noneMatch(claim -> claim.process().startsWith("adapter-"));
        assertThat(Plans.ofDuel().portClaims())
                .anyMatch(claim -> claim.process().startsWith("adapter-"));
    }

    private List<String> lines() {
        return networks.commands().stream().map(words -> String.join(" ", words)).toList();
    }

    private static Lab lab(String text) {
        try {
            return LabFile.parse("lan.yaml", text);
        } catch (LabFileException e) {
            throw new AssertionError(e);
        }
    }
}
