package kontor.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What all processors have done since the machine was started, in the kernel's ticks.
 *
 * @param usual for programs at the usual priority and for the devices
 * @param total all of it, idle time included
 */
public record ProcessorTime(long usual, long total) {

    // Columns of the line "cpu" of /proc/stat, see proc_stat(5).
    private static final int USER = 1;
    private static final int IRQ = 6;
    private static final int SOFTIRQ = 7;
    private static final int STEAL = 8;

    public static ProcessorTime now() throws IOException {
        return of(Files.readString(Path.of("/proc/stat")));
    }

    static ProcessorTime of(String stat) {
        String[] columns = stat.lines().findFirst().orElseThrow().split(" +", -1);
        long total = 0;
        for (int column = USER; column <= STEAL; column++) {
            total += Long.parseLong(columns[column]);
        }
        return new ProcessorTime(
                Long.parseLong(columns[USER])
                        + Long.parseLong(columns[IRQ])
                        + Long.parseLong(columns[SOFTIRQ]),
                total);
    }
}
