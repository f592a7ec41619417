package kontor.launcher.cli;

import java.time.Duration;

/** Durations and sizes as people read them. */
final class Durations {

    private Durations() {}

    /** {@code 1.2 s}. */
    static String seconds(long millis) {
        return "%.1f s".formatted(millis / 1000.0);
    }

    /** {@code 45 s}, {@code 3 m 05 s}, {@code 2 h 10 m}, {@code 3 d 4 h}. */
    static String rough(Duration duration) {
        if (duration.toMinutes() == 0) {
            return duration.toSeconds() + " s";
        }
        if (duration.toHours() == 0) {
            return "%d m %02d s".formatted(duration.toMinutes(), duration.toSecondsPart());
        }
        if (duration.toDays() == 0) {
            return "%d h %02d m".formatted(duration.toHours(), duration.toMinutesPart());
        }
        return "%d d %d h".formatted(duration.toDays(), duration.toHoursPart());
    }

    static String megabytes(long bytes) {
        return "%d MB".formatted(Math.round(bytes / (1024.0 * 1024.0)));
    }
}
