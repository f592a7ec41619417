package kontor.launcher.cli;

import java.time.Duration;
import java.util.function.Consumer;
import kontor.launcher.stack.StackState;

/** Shows a {@link ProgressView} on the console. Safe for several threads. */
final class Progress implements Consumer<StackState> {

    private final Console console;
    private final ProgressView view;
    private final long begunNanos = System.nanoTime();

    Progress(Console console) {
        this.console = console;
        this.view = new ProgressView(console);
    }

    /** Takes note of how things are without a word about it. */
    synchronized void beginWith(StackState state) {
        var _ = view.changes(state);
    }

    @Override
    public synchronized void accept(StackState state) {
        view.changes(state).forEach(console::line);
        String waiting = ProgressView.waiting(state, sinceBegun().toSeconds());
        if (waiting.isEmpty()) {
            console.clear();
        } else {
            console.transientLine(waiting);
        }
    }

    Duration sinceBegun() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
