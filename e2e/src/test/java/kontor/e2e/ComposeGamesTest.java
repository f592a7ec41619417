package kontor.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabInstance;
import kontor.vocabulary.AddressRewriting;
import org.junit.jupiter.api.Test;

/** What can be said of compose.games.yaml, its lab file and its image without an engine. */
class ComposeGamesTest {

    private static final Path GAME = ComposeFiles.root().resolve("deploy/game");

    private final Map<String, Map<String, Object>> services =
            ComposeFiles.services("compose.games.yaml");
    private final Lab lab = LabFile.read(GAME.resolve("lab.yaml"));

    ComposeGamesTest() throws Exception {}

    @Test
    void everyGameHasItsAddressOnANetworkOfItsOwnAndItsScreenThere() {
        for (LabInstance game : lab.instances()) {
            String name = game.name().value();
            assertThat(address(name, name)).isEqualTo(game.address().getHostAddress());
            assertThat(map(service(name), "networks")).containsOnlyKeys(name);
            assertThat(game.vnc().orElseThrow().getAddress()).isEqualTo(game.address());
            assertThat(game.vnc().orElseThrow().getPort()).isEqualTo(5901);
            assertThat(service(name)).doesNotContainKey("ports");
        }
        assertThat(lab.addressRewriting()).isEqualTo(AddressRewriting.ON);
    }

    @Test
    void theAdapterIsWhereTheAddressesOfAllOthersAre() {
        for (LabInstance game : lab.instances()) {
            String name = game.name().value();
            String lan = "lan-" + name;
            List<String> addresses = new ArrayList<>(List.of(address(lan, name)));
            game.peers().values().stream().map(InetAddress::getHostAddress).forEach(addresses::add);

            assertThat(service(lan)).containsEntry("command", addresses);
            assertThat(map(service(lan), "networks")).containsOnlyKeys("default", name);
            assertThat(service("adapter-" + name))
                    .containsEntry("network_mode", "service:" + lan)
                    .containsEntry("environment", Map.of("KONTOR_KAFKA_SERVERS", "kafka:19092"));
        }
    }

    @Test
    void adaptersWithoutAGameAreLeftOutAndTheGatewayReachesAllScreens() throws IOException {
        List<String> games = lab.names().stream().map(name -> name.value()).toList();
        ComposeFiles.services().keySet().stream()
                .filter(name -> name.startsWith("adapter-"))
                .filter(name -> !games.contains(name.substring("adapter-".length())))
                .forEach(name ->
                        assertThat(service(name))
                                .containsExactly(Map.entry("profiles", List.of("unused"))));
        assertThat(map(service("ui-gateway"), "networks").keySet()).containsAll(games);
        assertThat(map(service("ui-gateway"), "environment"))
                .containsEntry("KONTOR_LAB_FILE", "/kontor/lab.yaml");
    }

    @Test
    void gamesAreMountedAndNeverPartOfAnImage() throws IOException {
        for (LabInstance game : lab.instances()) {
            assertThat(requireNonNull(service(game.name().value()).get("volumes")).toString())
                    .matches("\\[\\$\\{KONTOR_GAME\\d:\\?[^}]+}:/game]");
        }
        List<String> copied =
                Files.readAllLines(GAME.resolve("Dockerfile")).stream()
                        .filter(line -> line.startsWith("COPY") || line.startsWith("ADD"))
                        .toList();
        assertThat(copied)
                .containsExactly("COPY --chmod=755 deploy/game/play deploy/game/lan /kontor/");
        assertThat(GAME.resolve("play")).isExecutable();
        assertThat(GAME.resolve("lan")).isExecutable();
    }

    @Test
    void allIsBoundedAndOnlyTheHoldersOfNetworksHaveACapability() {
        Map<Boolean, List<String>> holders =
                services.keySet().stream()
                        .filter(name -> service(name).containsKey("image"))
                        .collect(Collectors.partitioningBy(name -> name.startsWith("lan-")));
        holders.values().stream()
                .flatMap(List::stream)
                .forEach(name ->
                        assertThat(service(name))
                                .as(name)
                                .containsEntry("cap_drop", List.of("ALL"))
                                .containsKeys("mem_limit", "logging", "security_opt"));
        assertThat(holders.get(true))
                .allSatisfy(name ->
                        assertThat(service(name)).containsEntry("cap_add", List.of("NET_ADMIN")));
        assertThat(holders.get(false))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(service(name)).doesNotContainKey("cap_add"));
    }

    private String address(String service, String network) {
        return requireNonNull(map(map(service(service), "networks"), network).get("ipv4_address"))
                .toString();
    }

    private Map<String, Object> service(String name) {
        return requireNonNull(services.get(name), name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>) requireNonNull(of.get(key), key);
    }
}
