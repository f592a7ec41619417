package kontor.launcher.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Prints a stack's changes as they happen: a line for each process that became ready, ended or
 * died, and one that says who is being waited for.
 */
final class ProgressView {

    private final Console console;
    private final Map<String, StackState.Entry> known = new HashMap<>();

    ProgressView(Console console) {
        this.console = console;
    }

    /** Returns lines for what has changed since the last call. */
    List<String> changes(StackState state) {
        int width = width(state);
        List<String> lines = new ArrayList<>();
        for (StackState.Entry entry : state.processes()) {
            StackState.@Nullable Entry before = known.put(entry.name() + entry.life(), entry);
            if (before == null
                    || before.phase() != entry.phase()
                    || before.life() != entry.life()) {
                line(entry, width).ifPresent(lines::add);
            }
        }
        return lines;
    }

    private Optional<String> line(StackState.Entry entry, int width) {
        String name = ("  %-" + width + "s").formatted(entry.label());
        return switch (entry.phase()) {
            case READY -> Optional.of(ready(entry, name));
            case DIED ->
                    Optional.of(
                            "%s  %s  %s".formatted(name, console.bad("died   "), noteOf(entry)));
            case STOPPED ->
                    Optional.of(
                            "%s  stopped  %s"
                                    .formatted(name, console.dim(noteOf(entry)))
                                    .stripTrailing());
            case WAITING ->
                    entry.life() == 0 || entry.note() == null
                            ? Optional.empty()
                            : Optional.of(
                                    "%s  %s  %s, restarting"
                                            .formatted(
                                                    name, console.bad("died   "), noteOf(entry)));
            case STARTING, STOPPING -> Optional.empty();
        };
    }

    private String ready(StackState.Entry entry, String name) {
        long millis = entry.readyAfterMillis() == null ? 0 : entry.readyAfterMillis();
        String line =
                "%s  %s  %7s  %s"
                        .formatted(
                                name,
                                console.good("ready  "),
                                Durations.seconds(millis),
                                console.dim(address(entry)));
        return entry.note() == null
                ? line
                : line + "\n" + console.attention("    warning: " + entry.note());
    }

    /** For an HTTP service, the port it is probed at, which differs in a namespace. */
    private static String address(StackState.Entry entry) {
        return entry.health() == null
                ? "127.0.0.1:" + entry.port()
                : URI.create(entry.health()).getAuthority();
    }

    private static String noteOf(StackState.Entry entry) {
        return entry.note() == null ? "" : entry.note();
    }

    /** The processes that are being waited for; may be empty. */
    static String waiting(StackState state, long sinceSeconds) {
        String starting = names(state, Phase.STARTING);
        String stopping = names(state, Phase.STOPPING);
        if (!stopping.isEmpty()) {
            return "  %3d s  stopping %s".formatted(sinceSeconds, stopping);
        }
        return starting.isEmpty() ? "" : "  %3d s  starting %s".formatted(sinceSeconds, starting);
    }

    private static String names(StackState state, Phase phase) {
        return state.processes().stream()
                .filter(process -> process.phase() == phase)
                .map(process -> process.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    static int width(StackState state) {
        return state.processes().stream()
                .mapToInt(process -> process.label().length())
                .max()
                .orElse(0);
    }
}
