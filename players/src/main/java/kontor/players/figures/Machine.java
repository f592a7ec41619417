package kontor.players.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where it was measured.
 *
 * @param load average of the last minute, when the run began: what else the machine did
 */
public record Machine(
        int cores, String processor, long memoryMegabytes, String kernel, String jdk, double load) {

    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s+(\\d+) kB");
    private static final Pattern PROCESSOR = Pattern.compile("(?m)^model name\\s*: (.*)$");

    /** This one, now. */
    public static Machine here() {
        try {
            return of(
                    Runtime.getRuntime().availableProcessors(),
                    Files.readString(Path.of("/proc/cpuinfo")),
                    Files.readString(Path.of("/proc/meminfo")),
                    Files.readString(Path.of("/proc/loadavg")),
                    System.getProperty("os.name") + " " + System.getProperty("os.version"),
                    System.getProperty("java.vm.vendor")
                            + " "
                            + System.getProperty("java.runtime.version"));
        } catch (IOException e) {
            throw new UncheckedIOException("/proc is not there", e);
        }
    }

    /** From the texts of Linux' files, see proc(5). */
    static Machine of(
            int cores, String cpuinfo, String meminfo, String loadavg, String kernel, String jdk) {
        Matcher memory = MEMORY.matcher(meminfo);
        Matcher processor = PROCESSOR.matcher(cpuinfo);
        return new Machine(
                cores,
                processor.find() ? processor.group(1).strip() : "unknown",
                memory.find() ? Long.parseLong(memory.group(1)) / 1024 : 0,
                kernel,
                jdk,
                Double.parseDouble(List.of(loadavg.split(" ", -1)).getFirst()));
    }
}
