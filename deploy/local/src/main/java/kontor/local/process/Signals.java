package kontor.local.process;

import java.io.IOException;
import java.util.List;
import kontor.local.plan.StopSignal;

/** Sends signals by process id; one that is gone already is no error. */
public final class Signals {

    private Signals() {}

    public static void send(StopSignal signal, long pid) {
        run("kill -%s %d".formatted(signal.name(), pid));
    }

    public static void kill(long pid) {
        run("kill -KILL %d".formatted(pid));
    }

    private static void run(String command) {
        try {
            // The shell's own kill: a program of that name is not everywhere.
            new ProcessBuilder(List.of("sh", "-c", command + " 2>/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("no shell to send a signal with", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
