package kontor.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a second orchestrator stands by. */
final class StandbyOption {

    /** The whole stack takes about 1.5 GB; games, browser and page cache want some, too. */
    static final long ENOUGH_KIB = 3L * 1024 * 1024;

    @Option(
            names = "--standby",
            paramLabel = "on|off|auto",
            description = {
                "Keep a second orchestrator (230 MB) that follows the log and takes over when the"
                        + " first dies: games wait for about a second instead of a process start.",
                "Default: auto (on if 3 GB of memory are free), or KONTOR_WARM_STANDBY."
            })
    private @Nullable String standby;

    boolean wanted() {
        @Nullable String word = standby == null ? System.getenv("KONTOR_WARM_STANDBY") : standby;
        return wanted(word, StandbyOption::freeKib);
    }

    /**
     * @throws IllegalArgumentException if the word is none of those three
     */
    static boolean wanted(@Nullable String word, Memory memory) {
        if (word == null || word.isBlank()) {
            return isEnough(memory.freeKib());
        }
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            case "auto" -> isEnough(memory.freeKib());
            default ->
                    throw new IllegalArgumentException(
                            "--standby is on, off or auto, not '%s'".formatted(word));
        };
    }

    /** What can be had without swapping; empty if that is not known. */
    @FunctionalInterface
    interface Memory {
        OptionalLong freeKib();
    }

    private static boolean isEnough(OptionalLong freeKib) {
        return freeKib.isPresent() && freeKib.getAsLong() >= ENOUGH_KIB;
    }

    private static OptionalLong freeKib() {
        try {
            return availableIn(Files.readAllLines(Path.of("/proc/meminfo")));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The line "MemAvailable: 23615840 kB". */
    static OptionalLong availableIn(List<String> meminfo) {
        return meminfo.stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst();
    }
}
