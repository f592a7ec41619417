package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kontor.launcher.plan.AdaptersPlace;
import org.junit.jupiter.api.Test;

final class AdaptersOptionTest {

    @Test
    void withoutAWordItIsAsUsual() {
        for (AdaptersPlace usual : AdaptersPlace.values()) {
            assertThat(AdaptersOption.wanted(null, usual)).isEqualTo(usual);
            assertThat(AdaptersOption.wanted(" ", usual)).isEqualTo(usual);
            assertThat(AdaptersOption.wanted("auto", usual)).isEqualTo(usual);
            assertThat(AdaptersOption.wanted("Together", usual)).isEqualTo(AdaptersPlace.TOGETHER);
            assertThat(AdaptersOption.wanted("apart", usual)).isEqualTo(AdaptersPlace.APART);
        }
    }

    @Test
    void whereProcessorsAreFewItIsUsualToShareAProcess() {
        assertThat(AdaptersPlace.usual(1)).isEqualTo(AdaptersPlace.TOGETHER);
        assertThat(AdaptersPlace.usual(2)).isEqualTo(AdaptersPlace.TOGETHER);
        assertThat(AdaptersPlace.usual(3)).isEqualTo(AdaptersPlace.APART);
    }

    @Test
    void anotherWordIsRefused() {
        assertThatThrownBy(() -> AdaptersOption.wanted("both", AdaptersPlace.APART))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--adapters is apart, together or auto, not 'both'");
    }
}
