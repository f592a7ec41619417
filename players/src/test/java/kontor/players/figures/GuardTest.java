package kontor.players.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GuardTest {

    private static final Guard GUARD =
            new Guard(
                    Map.of(
                            "p50", new Guard.Recorded(2.5, new Target.AtMost(2.5)),
                            "rows", new Guard.Recorded(0.8, new Target.AtLeast(0.8))));

    @Test
    void twiceAsBadIsLetThroughAndMoreIsNot() {
        assertThat(GUARD.regressions(List.of(p50(5.0, 4.9), rows(0.4)))).isEmpty();

        assertThat(GUARD.regressions(List.of(p50(5.1, 9.0), rows(0.4))))
                .singleElement()
                .asString()
                .startsWith("p50:");
        assertThat(GUARD.regressions(List.of(p50(1.0, 1.0), rows(0.3))))
                .singleElement()
                .asString()
                .startsWith("rows:");
    }

    @Test
    void oneGoodRoundShowsThatTheOthersWereDisturbed() {
        assertThat(GUARD.regressions(List.of(p50(80.0, 2.4), rows(0.8)))).isEmpty();
    }

    @Test
    void whatWasNotMeasuredIsNotGuarded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GUARD.regressions(List.of(p50(2.0))))
                .withMessage("not measured: rows");
    }

    private static Figure p50(Double... millis) {
        return figure("p50", List.of(millis));
    }

    private static Figure rows(Double... rates) {
        return figure("rows", List.of(rates));
    }

    private static Figure figure(String what, List<Double> values) {
        return Figure.beside(
                "bench",
                what,
                "",
                values,
                "the limit",
                values.stream().map(_ -> 1.0).toList(),
                new Target.AtMost(1));
    }
}
