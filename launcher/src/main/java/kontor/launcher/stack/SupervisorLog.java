package kontor.launcher.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** What the supervisor of a stack reports, a line each, with the time. Used by any thread. */
final class SupervisorLog implements Consumer<String> {

    private final DataDirectory data;

    SupervisorLog(DataDirectory data) {
        this.data = data;
    }

    @Override
    public void accept(String text) {
        String line = Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text + "\n";
        try {
            Files.writeString(
                    data.log(DataDirectory.SUPERVISOR),
                    line,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // A full disk is no reason to leave the processes alone.
            System.err.print("kontor: " + line);
        }
    }
}
