package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class StandbyOptionTest {

    @Test
    void withoutAWordItIsOnWhereMemoryAllows() {
        assertThat(StandbyOption.wanted(null, free(StandbyOption.ENOUGH_KIB))).isTrue();
        assertThat(StandbyOption.wanted(" ", free(StandbyOption.ENOUGH_KIB - 1))).isFalse();
        assertThat(StandbyOption.wanted("auto", OptionalLong::empty)).isFalse();
    }

    @Test
    void aWordDecidesWhateverThereIs() {
        assertThat(StandbyOption.wanted("on", free(1))).isTrue();
        assertThat(StandbyOption.wanted("off", free(Long.MAX_VALUE))).isFalse();
        assertThatThrownBy(() -> StandbyOption.wanted("maybe", free(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--standby is on, off or auto, not 'maybe'");
    }

    @Test
    void whatIsFreeIsWhatCanBeHadWithoutSwapping() {
        assertThat(
                        StandbyOption.availableIn(
                                List.of(
                                        "MemTotal:       24683520 kB",
                                        "MemFree:        19959000 kB",
                                        "MemAvailable:   23647000 kB")))
                .hasValue(23_647_000);
    }

    private static StandbyOption.Memory free(long kib) {
        return () -> OptionalLong.of(kib);
    }
}
