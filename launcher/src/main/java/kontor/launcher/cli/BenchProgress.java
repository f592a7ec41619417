package kontor.launcher.cli;

import java.time.Duration;
import java.util.function.LongSupplier;
import kontor.players.report.Progress;

/**
 * How far a bench has come: a bar on a terminal; elsewhere a line on standard error at the first
 * step and then at most every few seconds, so that standard output has the report alone. Safe for
 * several threads.
 */
final class BenchProgress implements Progress {

    private static final long BETWEEN_LINES_NANOS = Duration.ofSeconds(3).toNanos();

    private final Console console;
    private final LongSupplier nanos;
    private final Progress bar;
    private final long begunNanos;
    private long nextNanos;

    BenchProgress(Console console) {
        this(console, System::nanoTime);
    }

    BenchProgress(Console console, LongSupplier nanos) {
        this.console = console;
        this.nanos = nanos;
        this.bar = Reports.progress(console);
        this.begunNanos = nanos.getAsLong();
        this.nextNanos = begunNanos;
    }

    @Override
    public synchronized void at(long done, long total, String what) {
        if (console.terminal()) {
            bar.at(done, total, what);
            return;
        }
        long now = nanos.getAsLong();
        if (now - nextNanos >= 0) {
            nextNanos = now + BETWEEN_LINES_NANOS;
            console.error(
                    "%4d s  %3d %%  %s"
                            .formatted(
                                    Duration.ofNanos(now - begunNanos).toSeconds(),
                                    total == 0 ? 0 : 100 * done / total,
                                    what));
        }
    }
}
