package kontor.players.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.Fault;
import kontor.players.lab.Fault.Kind;
import kontor.players.lab.LoopbackLab;
import kontor.players.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumberedTrafficIT {

    private static final Lab LAB = LoopbackLab.of(230, 3, PortSet.parse("12301"));

    @ParameterizedTest
    @EnumSource(Transport.class)
    void everyPacketArrivesInOrderOnce(Transport transport) throws Exception {
        TrafficReport report = run(transport);
        assertThat(report.passed()).as(report.toText()).isTrue();
        assertThat(report.ways()).hasSize(6).allMatch(way -> way.sent() > 0);
        assertThat(report.latency().count()).isPositive();
    }

    @Test
    void pastTheLabItNeedsNone() throws Exception {
        TrafficReport report =
                NumberedTraffic.direct(LAB, settings(Transport.UDP), Progress.NONE).run();
        assertThat(report.passed()).as(report.toText()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachFaultWithADatagramIsCalledByItsName(Kind kind) throws Exception {
        TrafficReport report = run(Transport.UDP, new Fault(kind, Fault.Transport.UDP, 20));
        assertThat(report.passed()).isFalse();
        switch (kind) {
            case LOSE -> assertThat(report.ways()).anyMatch(way -> way.lost() == 1);
            case DOUBLE -> assertThat(report.ways()).anyMatch(way -> way.doubled() == 1);
            case REORDER -> assertThat(report.ways()).anyMatch(way -> way.reordered() == 1);
            case ALTER -> assertThat(report.strangers()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachFaultInAStreamIsFound(Kind kind) throws Exception {
        assertThat(run(Transport.TCP, new Fault(kind, Fault.Transport.TCP, 20)).passed()).isFalse();
    }

    private static TrafficReport run(Transport transport, Fault... faults) throws Exception {
        try (DirectLab lab = DirectLab.start(LAB, faults)) {
            assertThat(lab).isNotNull();
            return NumberedTraffic.throughLab(LAB, settings(transport), Progress.NONE).run();
        }
    }

    private static TrafficSettings settings(Transport transport) {
        return new TrafficSettings(
                transport,
                12301,
                100,
                200,
                Duration.ofMillis(100),
                Duration.ofMillis(400),
                Duration.ofMillis(1_500));
    }
}
