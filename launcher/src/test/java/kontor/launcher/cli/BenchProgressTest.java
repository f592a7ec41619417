package kontor.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BenchProgressTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void whereThereIsNoTerminalLinesStandBesideTheReport() {
        BenchProgress progress = onTerminal(false);

        progress.at(0, 4, "warming up");
        after(1);
        progress.at(1, 4, "too soon");
        after(9);
        progress.at(2, 4, "the kill");

        assertThat(errors.toString(UTF_8))
                .isEqualTo("   0 s    0 %  warming up\n  10 s   50 %  the kill\n");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void onATerminalThereIsABar() {
        onTerminal(true).at(1, 2, "the kill");

        assertThat(out.toString(UTF_8)).contains("############------------  50 %  the kill");
        assertThat(errors.toString(UTF_8)).isEmpty();
    }

    private BenchProgress onTerminal(boolean terminal) {
        return new BenchProgress(
                new Console(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(errors, true, UTF_8),
                        terminal,
                        false,
                        80),
                nanos::get);
    }

    private void after(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
