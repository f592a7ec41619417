package kontor.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kontor.local.stack.StackState;
import kontor.local.supervision.Phase;

/** What went wrong, as text for a person. */
final class Failures {

    private static final int LINES_OF_LOG = 12;

    private Failures() {}

    static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** The ends of the logs of those that died. */
    static void showLogs(Console console, StackState state) throws IOException {
        for (StackState.Entry entry : state.processes()) {
            if (entry.phase() == Phase.DIED) {
                List<String> lines = Files.readAllLines(Path.of(entry.log()));
                lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size())
                        .forEach(line -> console.error("    " + line));
            }
        }
    }
}
