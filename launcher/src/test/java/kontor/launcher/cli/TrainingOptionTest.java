package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TrainingOptionTest {

    @Test
    void trainingCanBeSwitchedOff() {
        assertThat(TrainingOption.wanted(null)).isTrue();
        assertThat(TrainingOption.wanted("on")).isTrue();
        assertThat(TrainingOption.wanted("OFF")).isFalse();
        assertThatThrownBy(() -> TrainingOption.wanted("later"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--training is on or off, not 'later'");
    }
}
