package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FigureRunTest {

    @Test
    void aSoakIsNoTable() {
        assertThat(wanted(List.of(), false, 30).table()).isFalse();
        assertThat(wanted(List.of(), true, 0).table()).isFalse();
        assertThat(wanted(List.of(), false, 0).table()).isTrue();
    }

    @Test
    void aSoakGoesWithNothingElse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wanted(List.of("latency"), false, 30))
                .withMessage("--soak goes with no NAME and not with --short");
        assertThatIllegalArgumentException().isThrownBy(() -> wanted(List.of(), true, 30));
    }

    @Test
    void aSoakLastsNoNegativeTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wanted(List.of(), false, -1))
                .withMessage("--soak is 1 or more minutes");
    }

    private static FigureRun.Wanted wanted(List<String> names, boolean brief, int soak) {
        return new FigureRun.Wanted(names, brief, soak, 3, List.of(50), 1_000, List.of(1, 10));
    }
}
