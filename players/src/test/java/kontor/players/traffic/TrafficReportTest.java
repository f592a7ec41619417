package kontor.players.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import kontor.vocabulary.InstanceName;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TrafficReportTest {

    private static final InstanceName ONE = new InstanceName("game1");
    private static final InstanceName TWO = new InstanceName("game2");

    /** Ten packets, of which number 3 is missing and number 7 came twice. */
    private static final TrafficReport REPORT =
            new TrafficReport(
                    false,
                    "",
                    Transport.UDP,
                    10,
                    200,
                    Duration.ofSeconds(1),
                    List.of(new TrafficReport.Way(ONE, TWO, 10, 10, 1, 1, 0, Duration.ZERO)),
                    LatencySummary.of(new Histogram(3)),
                    0,
                    List.of());

    private static final List<Copies> ARRIVED = List.of(copies(3, 0), copies(7, 2));

    private static Copies copies(long number, int copies) {
        return new Copies(ONE, TWO, number, copies);
    }

    private static TrafficReport.Way way(Copies... meant) {
        return REPORT.against(ARRIVED, List.of(meant)).ways().getFirst();
    }

    @Test
    void whatIsMissingOrThereTwiceAsItWasMeantIsRight() {
        TrafficReport judged = REPORT.against(ARRIVED, ARRIVED);

        assertThat(judged.passed()).isTrue();
        assertThat(judged.ways()).allMatch(TrafficReport.Way::exact);
    }

    @Test
    void aPacketThatIsMissingInPlaceOfAnotherIsLostAndTheOtherIsTooMany() {
        TrafficReport.Way way = way(copies(4, 0), copies(7, 2));

        assertThat(way.lost()).isEqualTo(1);
        assertThat(way.doubled()).isEqualTo(1);
        assertThat(REPORT.against(ARRIVED, List.of(copies(4, 0))).passed()).isFalse();
    }

    @Test
    void aPacketThatWasToComeThriceAndCameTwiceIsLostOnce() {
        assertThat(way(copies(3, 0), copies(7, 3)).lost()).isEqualTo(1);
    }

    @Test
    void anotherWayExcusesNothing() {
        assertThat(way(new Copies(TWO, ONE, 3, 0), copies(7, 2)).lost()).isEqualTo(1);
    }
}
