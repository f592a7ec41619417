package kontor.local.cli;

import kontor.local.gateway.ReloadAnswer;
import kontor.local.watch.WatchListener;

/** Shows on the console what {@code --watch} does. */
final class WatchView implements WatchListener {

    private final Console console;

    WatchView(Console console) {
        this.console = console;
    }

    @Override
    public void onNote(String text) {
        console.line(console.dim("  watch: " + text));
    }

    @Override
    public void onError(String line) {
        console.line(console.bad("  " + line));
    }

    @Override
    public void onReloaded(ReloadAnswer outcome) {
        long millis = outcome.phases().stream().mapToLong(timing -> timing.took().toMillis()).sum();
        console.line(
                outcome.completed()
                        ? console.good(
                                "  %s reloaded in %s"
                                        .formatted(outcome.service(), Durations.seconds(millis)))
                        : console.bad(
                                "  reload of %s failed: %s"
                                        .formatted(outcome.service(), outcome.result())));
    }
}
