package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kontor.launcher.plan.AdaptersPlace;
import org.junit.jupiter.api.Test;

final class AdaptersOptionTest {

    @Test
    void withoutAWordEachHasAProcessOfItsOwn() {
        assertThat(AdaptersOption.wanted(null)).isEqualTo(AdaptersPlace.APART);
        assertThat(AdaptersOption.wanted(" ")).isEqualTo(AdaptersPlace.APART);
        assertThat(AdaptersOption.wanted("Together")).isEqualTo(AdaptersPlace.TOGETHER);
    }

    @Test
    void anotherWordIsRefused() {
        assertThatThrownBy(() -> AdaptersOption.wanted("both"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--adapters is apart or together, not 'both'");
    }
}
