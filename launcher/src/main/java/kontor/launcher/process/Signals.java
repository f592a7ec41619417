package kontor.launcher.process;

import java.io.IOException;
import java.util.List;
import kontor.launcher.plan.StopSignal;

/** Sends signals by process id; one that is gone already is no error. */
public final class Signals {

    private Signals() {}

    public static void send(StopSignal signal, long pid) {
        run("kill -%s %d".formatted(signal.name(), pid));
    }

    public static void kill(long pid) {
        run("kill -KILL %d".formatted(pid));
    }

    /** Stops a process in its tracks, with its children: the parent first, so no more are made. */
    public static void suspend(long pid) {
        run("kill -STOP %d".formatted(pid));
        descendants(pid).forEach(child -> run("kill -STOP %d".formatted(child)));
    }

    /** Lets a suspended process go on, its children first. */
    public static void resume(long pid) {
        descendants(pid).forEach(child -> run("kill -CONT %d".formatted(child)));
        run("kill -CONT %d".formatted(pid));
    }

    private static List<Long> descendants(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .toList();
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
