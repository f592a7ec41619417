package kontor.launcher.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kontor.launcher.stack.StackState;
import kontor.players.figures.Figure;
import kontor.players.figures.FigureBench;
import kontor.players.report.Progress;

/** The memory of each process, its children's with it; shared pages are divided among sharers. */
public final class MemoryFigures implements FigureBench {

    public static final String NAME = "memory";

    private static final Pattern SHARE = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB$");

    private final Supplier<StackState> now;

    public MemoryFigures(Supplier<StackState> now) {
        this.now = now;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Progress progress) {
        progress.at(0, 1, "memory");
        List<Figure> figures = new ArrayList<>();
        megabytes(now.get())
                .forEach((label, megabytes) ->
                        figures.add(Figure.stated(NAME, label, "MB", List.of(megabytes))));
        return new Outcome(figures, List.of());
    }

    /** Of each living process, and of all together. */
    static Map<String, Double> megabytes(StackState state) {
        Map<String, Double> megabytes = new LinkedHashMap<>();
        double all = 0;
        for (StackState.Entry entry : state.living()) {
            if (entry.identity() != null) {
                double own = withChildren(entry.identity().pid()) / 1024.0;
                all += own;
                megabytes.put(entry.label(), own);
            }
        }
        megabytes.put("all processes", all);
        return megabytes;
    }

    /** In kilobytes. */
    static long withChildren(long pid) {
        return Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .mapToLong(MemoryFigures::kilobytes)
                .sum();
    }

    /** 0 of a process that is gone. */
    private static long kilobytes(long pid) {
        try {
            return share(Files.readString(Path.of("/proc/" + pid + "/smaps_rollup")));
        } catch (AccessDeniedException e) {
            throw new UncheckedIOException("the memory of process " + pid, e);
        } catch (IOException _) {
            // Between its end and its parent's notice the file is there and cannot be read.
            return 0;
        }
    }

    /** The proportional set size in a text of the kernel's, see proc(5). */
    static long share(String smapsRollup) {
        Matcher share = SHARE.matcher(smapsRollup);
        return share.find() ? Long.parseLong(share.group(1)) : 0;
    }
}
