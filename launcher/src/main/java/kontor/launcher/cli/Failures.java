package kontor.launcher.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kontor.lab.LabFileException;
import kontor.launcher.netns.NetworksException;
import kontor.launcher.stack.FileTrouble;
import kontor.launcher.stack.LaunchRefusedException;
import kontor.launcher.stack.StackFailedException;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.Phase;
import org.jspecify.annotations.Nullable;

/** What went wrong, as text for a person, and with which exit status that ends. */
final class Failures {

    private static final int LINES_OF_LOG = 12;

    private Failures() {}

    /** Reports why a command failed; returns the exit status. */
    static int report(Console console, Exception failure) {
        return switch (failure) {
            case LaunchRefusedException refused -> Refusals.report(console, refused.refusal());
            case LabFileException mistakes -> {
                console.error(String.valueOf(mistakes.getMessage()));
                yield ExitStatus.USAGE;
            }
            case IllegalArgumentException mistake -> {
                console.error("kontor: " + told(mistake, mistake.getMessage()));
                yield ExitStatus.USAGE;
            }
            case StackFailedException failed -> {
                console.error("kontor: " + failed.getMessage());
                yield ExitStatus.FAILED;
            }
            case NetworksException trouble -> {
                console.error("kontor: " + trouble.getMessage());
                yield ExitStatus.FAILED;
            }
            case FileSystemException trouble when trouble.getFile() != null -> {
                console.error(
                        "kontor: %s: %s"
                                .formatted(
                                        trouble.getFile(),
                                        told(trouble, FileTrouble.reason(trouble))));
                yield ExitStatus.FAILED;
            }
            default -> {
                console.error(
                        "kontor: "
                                + told(
                                        failure,
                                        failure + " (set KONTOR_DEBUG=1 for a stack trace)"));
                yield ExitStatus.FAILED;
            }
        };
    }

    /** With where it comes from, if that is wanted. */
    private static String told(Exception failure, @Nullable String briefly) {
        if (System.getenv("KONTOR_DEBUG") == null) {
            return String.valueOf(briefly);
        }
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
