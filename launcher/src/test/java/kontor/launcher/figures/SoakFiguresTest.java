package kontor.launcher.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kontor.players.figures.Figure;
import org.junit.jupiter.api.Test;

final class SoakFiguresTest {

    @Test
    void aHeapThatComesToItsSizeInTheFirstQuarterIsFlat() {
        Figure figure =
                of(
                        100.0, 150.0, 190.0, 200.0, 199.0, 201.0, 200.0, 200.0, 202.0, 200.0, 201.0,
                        200.0);

        assertThat(figure.reached()).isTrue();
        assertThat(figure.ratio()).isBetween(0.99, 1.01);
    }

    @Test
    void whatGrowsByTheSameAmountAgainAndAgainIsNotFlat() {
        Figure figure =
                of(IntStream.range(0, 40).mapToObj(i -> 200.0 + 2 * i).toArray(Double[]::new));

        assertThat(figure.reached()).isFalse();
    }

    @Test
    void aSingleSampleThatStandsOutIsNoGrowth() {
        Figure figure =
                of(
                        200.0, 200.0, 200.0, 200.0, 200.0, 200.0, 200.0, 200.0, 200.0, 200.0, 200.0,
                        400.0);

        assertThat(figure.reached()).isTrue();
    }

    @Test
    void ofTooFewSamplesItIsSaidThatNoGrowthCouldBeSeen() {
        var outcome = SoakFigures.growth(Map.of("broker", List.of(200.0, 900.0)));

        assertThat(outcome.figures()).isEmpty();
        assertThat(outcome.problems())
                .containsExactly("soak, memory of broker: 2 samples, 8 are needed to see growth");
    }

    private static Figure of(Double... megabytes) {
        return SoakFigures.growth(Map.of("broker", List.of(megabytes))).figures().getFirst();
    }
}
