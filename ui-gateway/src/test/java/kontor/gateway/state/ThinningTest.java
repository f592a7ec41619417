package kontor.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import kontor.gateway.state.SeriesAnswer.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinningTest {

    @Test
    void fewPointsStayAsTheyAre() {
        List<Point> points = points(5, 7, 9, 2);
        assertThat(Thinning.thin(points, 4)).isEqualTo(points);
    }

    @Test
    void aSinglePeakIsNeverLost() {
        long[] numbers = new long[10_000];
        numbers[4321] = 99;
        numbers[7654] = -5;
        assertThat(Thinning.thin(points(numbers), 100))
                .extracting(Point::number)
                .contains(99L, -5L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsLeftIsPartOfTheSeriesInItsOrderWithItsEnds(long seed) {
        Random random = new Random(seed);
        List<Point> points = points(random.longs(5000, -50, 50).toArray());
        int most = 4 + random.nextInt(300);
        List<Point> thinned = Thinning.thin(points, most);

        assertThat(thinned).hasSizeLessThanOrEqualTo(most).isSubsetOf(points);
        assertThat(thinned).isSortedAccordingTo(Comparator.comparingLong(Point::sequence));
        assertThat(thinned.getFirst()).isEqualTo(points.getFirst());
        assertThat(thinned.getLast()).isEqualTo(points.getLast());
    }

    private static List<Point> points(long... numbers) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            points.add(new Point(i, null, numbers[i]));
        }
        return points;
    }
}
