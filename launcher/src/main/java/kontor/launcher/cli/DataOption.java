package kontor.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import kontor.lab.LabFileException;
import kontor.launcher.stack.DataDirectory;
import kontor.launcher.stack.Installation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stack is meant: that of a data directory. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = {
                "Where database, broker, logs and state are kept.",
                "Default: .kontor in the working copy, or KONTOR_DATA."
            })
    private @Nullable Path data;

    DataDirectory directory() {
        if (data != null) {
            return new DataDirectory(data);
        }
        @Nullable String variable = System.getenv("KONTOR_DATA");
        return new DataDirectory(
                variable == null || variable.isBlank()
                        ? Installation.locate().defaultData()
                        : Path.of(variable));
    }

    /** The stack that runs in the directory; empty, with a message, if there is none. */
    Optional<BorrowedStack> runningStack(Console console) throws IOException, LabFileException {
        Path path = directory().path();
        Optional<BorrowedStack> running = BorrowedStack.running(path);
        if (running.isEmpty()) {
            console.error(
                    "kontor: nothing is running in %s; start a stack with kontor up --detach"
                            .formatted(path));
        }
        return running;
    }
}
