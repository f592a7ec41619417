package kontor.players.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Notices gross regressions by ratios alone: a figure whose best round is worse than twice the
 * ratio that was recorded for it. One disturbed round on a busy machine is no regression.
 *
 * @param recorded ratio of each figure, by what it measures, with its direction
 */
public record Guard(Map<String, Recorded> recorded) {

    /** Worse by this is a regression. */
    public static final double FACTOR = 2;

    /**
     * What the short form guards: processor time as measured on an idle machine, as it hardly
     * depends on other work; latency as measured on 2 cores with a load of 13 and without caches,
     * as there a lab waits for its turn more often than bare hops do.
     */
    public static final Guard RECORDED =
            new Guard(
                    Map.of(
                            "p50 UDP, 4 x 50/s", atMost(5.3),
                            "p50 TCP, 4 x 50/s", atMost(5.6),
                            "processor time for a packet, UDP, 4 x 50/s", atMost(2.7),
                            "processor time for a packet, TCP, 4 x 50/s", atMost(2.4)));

    private static Recorded atMost(double ratio) {
        return new Recorded(ratio, new Target.AtMost(ratio));
    }

    /** A ratio that was measured once, and in which direction it is better. */
    public record Recorded(double ratio, Target target) {}

    public Guard {
        recorded = Map.copyOf(recorded);
    }

    /**
     * What is grossly worse than recorded, one line each.
     *
     * @throws IllegalArgumentException if a recorded figure was not measured: nothing is guarded
     */
    public List<String> regressions(List<Figure> figures) {
        List<String> regressions = new ArrayList<>();
        recorded.forEach((what, record) -> {
            Figure figure =
                    figures.stream()
                            .filter(measured -> measured.what().equals(what))
                            .filter(measured -> !measured.ratios().isEmpty())
                            .findFirst()
                            .orElseThrow(
                                    () -> new IllegalArgumentException("not measured: " + what));
            boolean every =
                    figure.ratios().stream()
                            .allMatch(
                                    ratio -> record.target().worse(ratio, record.ratio(), FACTOR));
            if (every) {
                regressions.add(
                        "%s: %s times %s in all rounds, recorded was %s"
                                .formatted(
                                        what, figure.ratios(), figure.limitIs(), record.ratio()));
            }
        });
        return regressions;
    }
}
