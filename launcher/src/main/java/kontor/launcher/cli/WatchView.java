package kontor.launcher.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kontor.launcher.gateway.ReloadAnswer;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.stack.StackState;
import kontor.launcher.watch.WatchListener;

/** Shows on the console what {@code --watch} does. */
final class WatchView implements WatchListener {

    private final Console console;
    private final Supplier<Optional<StackState>> stack;

    /**
     * @param stack as it is now; empty until it is launched
     */
    WatchView(Console console, Supplier<Optional<StackState>> stack) {
        this.console = console;
        this.stack = stack;
    }

    @Override
    public void onNote(String text) {
        console.line(console.dim("  watch: " + text));
    }

    @Override
    public void onBuilding(List<String> services) {
        onNote("building " + String.join(", ", services));
    }

    @Override
    public void onBuilt(Duration took) {
        onNote("built in %s; reloading".formatted(Durations.seconds(took.toMillis())));
    }

    @Override
    public void onError(String line) {
        console.line(console.bad("  " + line));
    }

    @Override
    public void onReloaded(ReloadAnswer outcome) {
        if (!outcome.completed()) {
            onError("reload of %s failed: %s".formatted(outcome.service(), outcome.result()));
            return;
        }
        Optional<StackState.Entry> process = process(outcome.service());
        String note = process.map(StackState.Entry::note).orElse("");
        if (!note.isEmpty()) {
            onError("%s %s; its log: %s".formatted(outcome.service(), note, process.get().log()));
            return;
        }
        long millis = outcome.phases().stream().mapToLong(timing -> timing.took().toMillis()).sum();
        console.line(
                console.good(
                        "  %s reloaded in %s"
                                .formatted(outcome.service(), Durations.seconds(millis))));
    }

    private Optional<StackState.Entry> process(String service) {
        return StackPlanner.processOf(service)
                .flatMap(name -> stack.get().flatMap(now -> now.process(name)));
    }
}
