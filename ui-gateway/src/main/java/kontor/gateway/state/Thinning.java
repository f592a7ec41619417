package kontor.gateway.state;

import java.util.ArrayList;
import java.util.List;
import kontor.gateway.state.SeriesAnswer.Point;

/** Leaves as many points of a series as a chart can show, without losing its peaks. */
final class Thinning {

    private Thinning() {}

    /**
     * At most so many points, in their order: of each of equally many neighbours the least and the
     * greatest number, and the first and the last point of all.
     *
     * @param most 4 or more
     */
    static List<Point> thin(List<Point> points, int most) {
        if (points.size() <= most) {
            return points;
        }
        int stretches = (most - 2) / 2;
        List<Point> inner = points.subList(1, points.size() - 1);
        List<Point> thinned = new ArrayList<>(most);
        thinned.add(points.getFirst());
        for (int i = 0; i < stretches; i++) {
            int begin = (int) ((long) inner.size() * i / stretches);
            int end = (int) ((long) inner.size() * (i + 1) / stretches);
            addExtremes(inner.subList(begin, end), thinned);
        }
        thinned.add(points.getLast());
        return thinned;
    }

    private static void addExtremes(List<Point> stretch, List<Point> thinned) {
        if (stretch.isEmpty()) {
            return;
        }
        int least = 0;
        int greatest = 0;
        for (int i = 1; i < stretch.size(); i++) {
            long number = stretch.get(i).number();
            least = number < stretch.get(least).number() ? i : least;
            greatest = number > stretch.get(greatest).number() ? i : greatest;
        }
        thinned.add(stretch.get(Math.min(least, greatest)));
        if (least != greatest) {
            thinned.add(stretch.get(Math.max(least, greatest)));
        }
    }
}
