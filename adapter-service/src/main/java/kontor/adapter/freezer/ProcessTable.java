package kontor.adapter.freezer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code /proc}. What has gone while it is being read is left out. */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    /** USER_HZ, which the kernel has fixed for what it tells programs. */
    private static final long MILLIS_PER_TICK = 10;

    private ProcessTable() {}

    static Optional<ProcessStat> process(long pid) {
        return stat(PROC.resolve(Long.toString(pid)));
    }

    /** The process and its descendants, each behind its parent; empty if it is no more. */
    static List<ProcessStat> tree(ProcessStat root) throws IOException {
        Map<Long, List<ProcessStat>> children = new HashMap<>();
        List<ProcessStat> tree = new ArrayList<>();
        for (ProcessStat process : entries(PROC)) {
            if (process.sameAs(root)) {
                tree.add(process);
            }
            children.computeIfAbsent(process.parent(), _ -> new ArrayList<>()).add(process);
        }
        for (int next = 0; next < tree.size(); next++) {
            tree.addAll(children.getOrDefault(tree.get(next).pid(), List.of()));
        }
        return tree;
    }

    /** Whether each thread of the process does nothing. */
    static boolean stands(ProcessStat process) {
        try {
            return entries(PROC.resolve(Long.toString(process.pid())).resolve("task")).stream()
                    .allMatch(ProcessStat::stands);
        } catch (IOException e) {
            // It is gone.
            return true;
        }
    }

    /** When a process began, on the clock that also stamps files; exact to about a second. */
    static Instant started(ProcessStat process) throws IOException {
        for (String line : Files.readAllLines(PROC.resolve("stat"))) {
            if (line.startsWith("btime ")) {
                long bootSeconds = Long.parseLong(line.substring("btime ".length()).strip());
                return Instant.ofEpochSecond(bootSeconds)
                        .plusMillis(process.startTicks() * MILLIS_PER_TICK);
            }
        }
        throw new IOException("/proc/stat does not say when the system was booted");
    }

    private static List<ProcessStat> entries(Path directory) throws IOException {
        List<ProcessStat> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[0-9]*")) {
            entries.forEach(entry -> stat(entry).ifPresent(found::add));
        }
        return found;
    }

    private static Optional<ProcessStat> stat(Path directory) {
        try {
            // A program names itself, in whatever bytes.
            String line = Files.readString(directory.resolve("stat"), ISO_8859_1);
            return Optional.of(ProcessStat.parse(line));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
