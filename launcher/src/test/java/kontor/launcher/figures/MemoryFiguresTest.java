package kontor.launcher.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemoryFiguresTest {

    @Test
    void theProportionalShareCountsAndNothingElseThatIsCalledSo() {
        String text =
                """
                55d0c8a00000-7ffd3b9f2000 ---p 00000000 00:00 0                  [rollup]
                Rss:              260144 kB
                Pss:              213456 kB
                Pss_Dirty:        200000 kB
                Pss_Anon:         199000 kB
                """;

        assertThat(MemoryFigures.share(text)).isEqualTo(213_456);
    }

    @Test
    void aProcessWithoutMemoryHasNoShare() {
        assertThat(MemoryFigures.share("")).isZero();
    }
}
