package kontor.launcher.cli;

import java.time.Duration;
import kontor.launcher.stack.StackState;

/** The first and the last lines of a start. */
final class Banner {

    private Banner() {}

    static void begin(Console console, StackState state) {
        console.line(
                "%s  lab %s: %s"
                        .formatted(
                                console.bold("Kontor"),
                                state.lab(),
                                String.join(", ", state.instances())));
        console.line(console.dim("        data in " + state.dataDirectory()));
        console.line("");
    }

    static void ready(Console console, StackState state, Duration took) {
        console.line("");
        console.line(
                "Ready after %s. Page: %s"
                        .formatted(Durations.seconds(took.toMillis()), console.bold(state.page())));
        if (state.tokenFile() != null) {
            console.line("It asks for the token in " + console.bold(state.tokenFile()));
        }
        NetworkNotes.of(state).forEach(console::line);
    }
}
