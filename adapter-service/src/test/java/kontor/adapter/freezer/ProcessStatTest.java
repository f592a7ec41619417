package kontor.adapter.freezer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ProcessStatTest {

    private static final String REST =
            " 812 812 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 1234567 2568192 223 0";

    @Test
    void aProcessIsReadWhateverItCallsItself() {
        assertThat(ProcessStat.parse("4711 (Anno) 1602 (x) T 812" + REST))
                .isEqualTo(new ProcessStat(4711, "Anno) 1602 (x", 'T', 812, 1_234_567));
    }

    @Test
    void whatIsNoProcessIsRefused() {
        assertThatThrownBy(() -> ProcessStat.parse("4711 (sh) S 1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProcessStat.parse(""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSameNumberAtAnotherTimeIsAnotherProcess() {
        ProcessStat first = new ProcessStat(1, "a", 'S', 0, 10);
        assertThat(first.sameAs(new ProcessStat(1, "b", 'T', 5, 10))).isTrue();
        assertThat(first.sameAs(new ProcessStat(1, "a", 'S', 0, 11))).isFalse();
    }
}
