package kontor.launcher.cli;

import java.nio.file.Path;
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
}
