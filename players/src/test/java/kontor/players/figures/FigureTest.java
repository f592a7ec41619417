package kontor.players.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FigureTest {

    @Test
    void aRatioIsTheMedianOfTheRoundsAndNotThatOfTheMedians() {
        // In the second round the machine was busy: it met both.
        Figure figure =
                Figure.beside(
                        "latency",
                        "p50",
                        "ms",
                        List.of(2.0, 30.0, 2.2),
                        "two hops",
                        List.of(1.0, 15.0, 1.0),
                        new Target.AtMost(1.3));

        assertThat(figure.ratios()).containsExactly(2.0, 2.0, 2.2);
        assertThat(figure.ratio()).isEqualTo(2.0);
        assertThat(figure.value()).isEqualTo(2.2);
        assertThat(figure.limit()).isEqualTo(1.0);
        assertThat(figure.reached()).isFalse();
    }

    @Test
    void moreIsBetterWhereTheTargetSaysSo() {
        Figure figure =
                Figure.beside(
                        "journal",
                        "rows",
                        "rows/s",
                        List.of(90.0, 70.0),
                        "COPY",
                        List.of(100.0, 100.0),
                        new Target.AtLeast(0.8));

        assertThat(figure.ratio()).isEqualTo(0.8);
        assertThat(figure.reached()).isTrue();
    }

    @Test
    void nothingIsAskedOfWhatIsOnlyCompared() {
        Figure figure = Figure.compared("x", "x", "ms", List.of(3.0), "a floor", List.of(2.0));

        assertThat(figure.ratio()).isEqualTo(1.5);
        assertThat(figure.target()).isNull();
        assertThat(figure.reached()).isNull();
    }

    @Test
    void valuesWithoutTheirLimitsAreNoFigure() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Figure.beside(
                                "x",
                                "x",
                                "ms",
                                List.of(1.0),
                                "limit",
                                List.of(),
                                new Target.AtMost(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figure.stated("x", "x", "ms", List.of()));
    }
}
