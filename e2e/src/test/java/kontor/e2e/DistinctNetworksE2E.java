package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import kontor.lab.Lab;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackSettings;
import kontor.players.games.Demo;
import kontor.players.games.DemoReport;
import kontor.players.games.DemoSettings;
import kontor.players.games.GamePorts;
import kontor.players.report.Progress;
import kontor.vocabulary.AddressRewriting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Four games in networks with different addresses, which go where messages tell them to, as
 * DirectPlay does. The demo compares each delivered byte with what its receiver has to see.
 */
@Timeout(300)
class DistinctNetworksE2E {

    private static final int FIRST_NETWORK = 81;

    private static final DemoSettings SETTINGS =
            new DemoSettings(
                    1,
                    4,
                    20,
                    Duration.ofMillis(60),
                    1602,
                    GamePorts.NORMAL,
                    Duration.ofSeconds(60));

    @TempDir private Path directory;

    @Test
    void gamesFindJoinPingAndPlayWithTheAddressesOfTheirOwnNetworks() throws Exception {
        Path lab =
                Files.writeString(
                        directory.resolve("lab.yaml"),
                        TestLab.file("distinct", FIRST_NETWORK, AddressRewriting.AUTO, ""));
        try (Stack stack =
                Launcher.here().launch(StackSettings.of(directory.resolve("data"), lab))) {
            stack.awaitReady();
            Api api = new Api(stack.page());
            String session = api.startSession();
            DemoReport report = new Demo(stack.lab(), SETTINGS, Progress.NONE).play();
            api.post("/api/sessions/" + session + "/end");

            assertThat(report.passed()).as(report.toText()).isTrue();
            assertThat(report.ways())
                    .as("both kinds of traffic between all of them")
                    .hasSize(24)
                    .allMatch(way -> way.messages().sent() > 0);
            JsonNode continuity = api.settledContinuity(session);
            assertThat(continuity.get("verdict").asString())
                    .as(continuity.toString())
                    .isEqualTo("clean");
            assertThat(api.events(session))
                    .as("the messages about third machines")
                    .filteredOn(event -> event.get("verdict").asString().equals("mutated"))
                    .extracting(event -> event.get("verdictDetail").asString())
                    .anyMatch(detail -> detail.contains("127.81.0.2 -> 127.83.0.2"))
                    .anyMatch(detail -> detail.contains("127.81.0.4 -> 127.83.0.4"))
                    .anyMatch(detail -> detail.contains("127.81.0.4 -> 127.82.0.4"));
        }
    }

    @Test
    void withoutRewritingAThirdGameFailsToJoin() throws Exception {
        StackUnderTest stack = StackUnderTest.shared();
        Lab lab = stack.lab();
        assertThat(lab.addressRewriting()).isEqualTo(AddressRewriting.OFF);
        Lab reliedOn =
                new Lab(
                        lab.name(),
                        lab.tcpPorts(),
                        lab.udpPorts(),
                        lab.instances(),
                        AddressRewriting.AUTO);
        String session = stack.api().startSession();
        DemoReport report = new Demo(reliedOn, SETTINGS, Progress.NONE).play();
        stack.api().post("/api/sessions/" + session + "/end");

        assertThat(report.passed()).isFalse();
        assertThat(report.problems())
                .contains("game3: cannot reach the machine at 127.61.0.2")
                .contains("game4: cannot reach the machine at 127.61.0.2");
    }
}
