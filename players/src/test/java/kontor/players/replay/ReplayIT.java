package kontor.players.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import kontor.captures.reading.LobbyCapture;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.Fault;
import kontor.players.lab.Fault.Kind;
import kontor.players.lab.Fault.Transport;
import kontor.players.lab.LoopbackLab;
import kontor.players.replay.CaptureAccount.Fate;
import kontor.players.replay.ReplayReport.Check;
import kontor.players.report.Progress;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayIT {

    private static final Lab LAB = LoopbackLab.of(220, 2, PortSet.parse("2300,2350,47624"));
    private static final InstanceName JOINER = new InstanceName("game1");
    private static final InstanceName HOST = new InstanceName("game2");

    @Test
    void theRealLobbyComesThroughByteForByte() throws Exception {
        ReplayReport report = replay();

        assertThat(report.passed()).as(report.toText()).isTrue();
        assertThat(report.capture().rows(Fate.LEFT_OUT)).as(report.toText()).isEmpty();
        assertThat(report.complete()).as(report.toText()).isTrue();
        assertThat(report.connections()).hasSize(3);
        assertThat(report.connections()).filteredOn(c -> c.refused()).hasSize(1);
        assertThat(report.resets(Check.SEEN)).isEqualTo(2);
        assertThat(report.resets(Check.MOOT)).isEqualTo(2);
        assertThat(report.toJson()).contains("\"passed\" : true");
    }

    @Test
    void aSecondReplayFollowsAtOnce() throws Exception {
        for (int i = 0; i < 4; i++) {
            ReplayReport report = replay();
            assertThat(report.passed()).as(report.toText()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFaultWithADatagramIsFound(Kind kind) throws Exception {
        // The third ping of the joiner's; the host's datagrams before it are the 2nd and 3rd.
        ReplayReport report = replay(new Fault(kind, Transport.UDP, 6));

        assertThat(report.passed()).as(report.toText()).isFalse();
        assertThat(report.datagrams().stream().mapToInt(d -> d.check().faults()).sum())
                .as(report.toText())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFaultInAStreamIsFound(Kind kind) throws Exception {
        ReplayReport report = replay(new Fault(kind, Transport.TCP, 2));

        assertThat(report.passed()).as(report.toText()).isFalse();
        assertThat(report.connections())
                .anyMatch(c -> !c.toTarget().bytes().exact() || !c.toOpener().bytes().exact());
    }

    @Test
    void atAHundredTimesTheSpeedItTakesAHundredthOfTheTime() throws Exception {
        ReplayReport report = replay(Speed.parse("100"));
        assertThat(report.passed()).as(report.toText()).isTrue();
        // From the search to the last reset it is 70.6 s.
        assertThat(report.duration()).isGreaterThan(Duration.ofMillis(706));
    }

    private static ReplayReport replay(Fault... faults) throws Exception {
        return replay(Speed.MAX, faults);
    }

    private static ReplayReport replay(Speed speed, Fault... faults) throws Exception {
        try (DirectLab lab = DirectLab.start(LAB, faults)) {
            assertThat(lab).isNotNull();
            return Replay.run(
                    LobbyCapture.read(),
                    Map.of(LobbyCapture.JOINER, JOINER, LobbyCapture.HOST, HOST),
                    LAB,
                    speed,
                    Progress.NONE,
                    Duration.ofMillis(faults.length == 0 ? 10_000 : 500));
        }
    }
}
