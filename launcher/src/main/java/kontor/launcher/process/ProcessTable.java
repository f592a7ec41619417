package kontor.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kontor.launcher.supervision.ProcessIdentity;

/** What the kernel says about processes, read from Linux's {@code /proc}. */
public final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    /** Fields of {@code /proc/PID/stat} behind the name in parentheses. */
    private static final int STATE = 0;

    private static final int NICENESS = 16;

    private static final int START_TICKS = 19;

    /** USER_HZ: the same on every Linux that runs a JVM. */
    private static final long MILLIS_PER_TICK = 10;

    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
    private static final Pattern GROUP_NICENESS = Pattern.compile("nice (\\d+)");
    private static final Pattern RSS = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");

    private ProcessTable() {}

    /** Another one after each start of the machine. */
    public static String bootId() {
        return text(PROC.resolve("sys/kernel/random/boot_id")).map(String::strip).orElse("unknown");
    }

    /** Empty if there is no such process, or only what is left of it. */
    public static Optional<ProcessIdentity> identify(long pid) {
        return stat(pid)
                .filter(fields -> !fields[STATE].equals("Z") && !fields[STATE].equals("X"))
                .map(fields -> new ProcessIdentity(pid, Long.parseLong(fields[START_TICKS])));
    }

    /** Of all processes; their words are separated by zero characters. */
    static List<String> commandLines() throws IOException {
        List<String> commands = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                bytes(process.resolve("cmdline"))
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .ifPresent(commands::add);
            }
        }
        return commands;
    }

    /** The fields behind the name. */
    private static Optional<String[]> stat(long pid) {
        return text(PROC.resolve(pid + "/stat"))
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    }

    /** As nice(1) has it; 0 if there is no such process. */
    static int niceness(long pid) {
        return stat(pid).map(fields -> Integer.parseInt(fields[NICENESS])).orElse(0);
    }

    public static boolean alive(ProcessIdentity process) {
        return identify(process.pid()).filter(process::equals).isPresent();
    }

    /** Whether the process is there, without the file in its memory. */
    static boolean livesWithout(Path file, long pid) {
        return text(PROC.resolve(pid + "/maps"))
                .filter(maps -> !maps.isEmpty() && !maps.contains(file.toString()))
                .isPresent();
    }

    /**
     * How far the kernel's group of this process's session steps back; 0 where there are no such
     * groups. Between groups nothing else counts, not the niceness of their processes.
     */
    static int groupNiceness() {
        return groupNiceness(ProcessHandle.current().pid());
    }

    /** The same of another process's session. */
    static int groupNiceness(long pid) {
        return number(GROUP_NICENESS, PROC.resolve(pid + "/autogroup")).orElse(0L).intValue();
    }

    /** Those that its first thread has started; empty where the kernel does not list them. */
    static List<Long> children(long pid) {
        String thread = Long.toString(pid);
        return text(PROC.resolve(thread).resolve(Path.of("task", thread, "children"))).stream()
                .flatMap(list -> Pattern.compile(" ").splitAsStream(list.strip()))
                .filter(word -> !word.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    /** How long the process has been there. */
    public static Duration uptime(ProcessIdentity process) {
        return text(PROC.resolve("uptime"))
                .map(uptime -> (long) (Double.parseDouble(uptime.split(" ", -1)[0]) * 1000))
                .map(millis -> Duration.ofMillis(millis - process.startTicks() * MILLIS_PER_TICK))
                .orElse(Duration.ZERO);
    }

    /**
     * The memory of a process and its descendants in bytes; what several share is counted once
     * between them. Resident memory where the kernel does not tell that.
     */
    public static long memory(ProcessIdentity process) {
        try (Stream<ProcessHandle> descendants =
                ProcessHandle.of(process.pid()).stream().flatMap(ProcessHandle::descendants)) {
            return kilobytes(process.pid()) * 1024
                    + descendants.mapToLong(child -> kilobytes(child.pid())).sum() * 1024;
        }
    }

    private static long kilobytes(long pid) {
        return number(PSS, PROC.resolve(pid + "/smaps_rollup"))
                .or(() -> number(RSS, PROC.resolve(pid + "/status")))
                .orElse(0L);
    }

    private static Optional<Long> number(Pattern pattern, Path file) {
        return text(file)
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(found -> Long.parseLong(found.group(1)));
    }

    private static Optional<byte[]> bytes(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
