package kontor.launcher.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
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

    /** {@code exec} leaves the shell's child to a program that does not ask for its end. */
    @Test
    void aChildThatEndedAndWhoseParentDidNotNoticeHasNoMemory() throws IOException {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & exec sleep 60").start();
        try {
            await().untilAsserted(() ->
                    assertThat(parent.toHandle().children())
                            .singleElement()
                            .satisfies(child ->
                                    assertThat(Path.of("/proc/%d/stat".formatted(child.pid())))
                                            .content()
                                            .contains(") Z ")));

            assertThat(MemoryFigures.withChildren(parent.pid())).isPositive();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aProcessWithoutMemoryHasNoShare() {
        assertThat(MemoryFigures.share("")).isZero();
    }
}
