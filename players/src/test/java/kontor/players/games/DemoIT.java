package kontor.players.games;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.Fault;
import kontor.players.lab.Fault.Kind;
import kontor.players.lab.Fault.Transport;
import kontor.players.lab.LoopbackLab;
import kontor.players.report.Progress;
import kontor.vocabulary.AddressRewriting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoIT {

    private static final GamePorts PORTS = new GamePorts(17624, 12300, 12350);
    private static final Lab LAB = LoopbackLab.of(225, 4, PortSet.parse("12300,12350,17624"));

    @Test
    void threeGamesMeetPlayAndLeaveTwice() throws Exception {
        DemoReport report = play(2, 3, Duration.ofSeconds(20));

        assertThat(report.passed()).as(report.toText()).isTrue();
        assertThat(report.rounds()).isEqualTo(2);
        // Each of the six ordered pairs has both kinds of traffic.
        assertThat(report.ways()).hasSize(12).allMatch(way -> way.messages().sent() > 0);
        assertThat(report.toJson()).contains("\"rounds\" : 2");
    }

    @Test
    void fourGamesMeetToo() throws Exception {
        DemoReport report = play(1, 4, Duration.ofSeconds(20));
        assertThat(report.passed()).as(report.toText()).isTrue();
        assertThat(report.ways()).hasSize(24);
    }

    /** The same lab, whose messages nobody rewrites though the games rely on it. */
    @Test
    void aThirdGameCannotJoinWhereAnotherNetworksAddressesReachIt() throws Exception {
        Lab relyingOnIt =
                new Lab(
                        LAB.name(),
                        LAB.tcpPorts(),
                        LAB.udpPorts(),
                        LAB.instances(),
                        AddressRewriting.AUTO);
        DemoSettings settings =
                new DemoSettings(1, 3, 2, Duration.ofMillis(2), 7, PORTS, Duration.ofSeconds(2));
        try (DirectLab lab = DirectLab.start(LAB)) {
            assertThat(lab).isNotNull();
            DemoReport report = new Demo(relyingOnIt, settings, Progress.NONE).play();

            assertThat(report.passed()).isFalse();
            assertThat(report.problems())
                    .contains("game3: cannot reach the machine at 127.226.0.2")
                    .contains("game2: cannot reach the machine at 127.226.0.3");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFaultWithADatagramIsFound(Kind kind) throws Exception {
        DemoReport report = play(1, 3, Duration.ofMillis(700), new Fault(kind, Transport.UDP, 30));
        assertThat(report.passed()).as(report.toText()).isFalse();
        assertThat(report.ways().stream().mapToInt(way -> way.messages().faults()).sum())
                .as(report.toText())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFaultInAStreamIsFound(Kind kind) throws Exception {
        DemoReport report = play(1, 2, Duration.ofMillis(700), new Fault(kind, Transport.TCP, 8));
        assertThat(report.passed()).as(report.toText()).isFalse();
        assertThat(report.ways()).as(report.toText()).anyMatch(way -> way.wrongStreams() > 0);
    }

    private static DemoReport play(int rounds, int players, Duration patience, Fault... faults)
            throws Exception {
        DemoSettings settings =
                new DemoSettings(rounds, players, 40, Duration.ofMillis(2), 7, PORTS, patience);
        try (DirectLab lab = DirectLab.start(LAB, faults)) {
            assertThat(lab).isNotNull();
            return new Demo(LAB, settings, Progress.NONE).play();
        }
    }
}
