package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kontor.launcher.plan.JournalPlace;
import org.junit.jupiter.api.Test;

final class JournalOptionTest {

    @Test
    void withoutAWordTheOrchestratorHostsIt() {
        assertThat(JournalOption.wanted(null)).isEqualTo(JournalPlace.HOSTED);
        assertThat(JournalOption.wanted(" ")).isEqualTo(JournalPlace.HOSTED);
        assertThat(JournalOption.wanted("Own")).isEqualTo(JournalPlace.OWN);
    }

    @Test
    void anotherWordIsRefused() {
        assertThatThrownBy(() -> JournalOption.wanted("both"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--journal is hosted or own, not 'both'");
    }
}
