package kontor.adapter.game;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The edge towards a game in a network namespace of its own, over a pair of virtual Ethernet
 * devices, with a neighbour on the same LAN. Needs {@code unshare}, {@code nsenter} and {@code ip};
 * the namespaces have no names and end with their processes.
 */
@Timeout(120)
final class VirtualLanIT {

    @ParameterizedTest(name = "native transport: {0}")
    @ValueSource(booleans = {true, false})
    void searchesAreSeenAndANeighbourIsNotTheGame(boolean nativeTransport) throws Exception {
        // Root needs no user namespace, and may be forbidden one; others need it to make networks.
        boolean root = System.getProperty("user.name").equals("root");
        Process lan =
                new ProcessBuilder(
                                "unshare",
                                root ? "-n" : "-Urn",
                                VirtualLan.java(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                VirtualLan.class.getName(),
                                Boolean.toString(nativeTransport))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(lan.getInputStream().readAllBytes(), UTF_8);
        assertThat(lan.waitFor(60, TimeUnit.SECONDS)).isTrue();
        // Each destination is a socket of its own: they are read in whatever order.
        List<String> said = said(output);
        assertThat(said).as(output).containsExactlyInAnyOrderElementsOf(EXPECTED);
        assertThat(said.subList(4, 6)).isEqualTo(EXPECTED.subList(4, 6));
        assertThat(lan.exitValue()).as(output).isZero();
        assertThat(new File("/run/netns"))
                .satisfiesAnyOf(
                        path -> assertThat(path).doesNotExist(),
                        path -> assertThat(path.list()).noneMatch(name -> name.contains("kontor")));
    }

    private static final List<String> EXPECTED =
            List.of(
                    "captured UDP 10.51.0.1:47624 -> 255.255.255.255:47624 limited",
                    "captured UDP 10.51.0.1:47624 -> 10.51.0.255:47624 subnet",
                    "stranger UDP 10.51.0.9:47624 -> 10.51.0.2:47624",
                    "captured UDP 10.51.0.1:47624 -> 10.51.0.2:47624 direct",
                    "game got answer from 10.51.0.2:47624",
                    "strangers 1");

    private static List<String> said(String output) {
        return output.lines()
                .flatMap(line ->
                        line.startsWith(VirtualLan.SAYS)
                                ? Stream.of(line.substring(VirtualLan.SAYS.length()))
                                : Stream.empty())
                .toList();
    }
}
