package kontor.players.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FigureReportTest {

    private static final Machine MACHINE =
            Machine.of(
                    2,
                    "processor\t: 0\nmodel name\t: Some Processor @ 2 GHz\n",
                    "MemTotal:       25165824 kB\nMemFree: 1 kB\n",
                    "3.25 1.00 0.50 2/345 6789\n",
                    "Linux 6.1",
                    "Vendor 25");

    private static final Figure MISSED =
            Figure.beside(
                    "latency",
                    "p50 UDP",
                    "ms",
                    List.of(2.0, 2.2),
                    "two bare Kafka hops",
                    List.of(1.0, 1.0),
                    new Target.AtMost(1.3));

    private static final Figure STATED = Figure.stated("memory", "broker", "MB", List.of(300.0));

    @Test
    void theRatioComesFirstAndTheMachineIsDescribed() {
        FigureReport report = FigureReport.of(MACHINE, List.of(MISSED, STATED), List.of());

        assertThat(report.toText())
                .contains("Some Processor @ 2 GHz", "24576", "Linux 6.1", "3.25")
                .containsPattern(
                        " +2\\.10 +2\\.00 - 2\\.20 +<= 1\\.3 +no +latency: p50 UDP +2\\.10 +1\\.00"
                                + " +ms +two bare Kafka hops")
                .containsPattern("memory: broker +300\\.0 +MB");
        assertThat(report.toJson()).contains("\"ratio\" : 2.1", "\"limitIs\" : \"two bare");
    }

    @Test
    void aMissedTargetDoesNotFailARunAndAProblemDoes() {
        FigureReport fine = FigureReport.of(MACHINE, List.of(MISSED, STATED), List.of());
        assertThat(fine.passed()).isTrue();
        assertThat(fine.summary()).isEqualTo("0 of 1 targets reached");

        FigureReport lossy = FigureReport.of(MACHINE, List.of(MISSED), List.of("3 lost"));
        assertThat(lossy.passed()).isFalse();
        assertThat(lossy.toText()).contains("3 lost");
    }
}
