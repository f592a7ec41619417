package kontor.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that do nothing but keep processors busy, each in a session of its own: it competes as
 * any other program does. They end with {@link #close}, and soon after this process whatever
 * becomes of it.
 */
public final class BusyLoops implements AutoCloseable {

    private static final String LOOP =
            "while kill -0 \"$1\" 2>/dev/null; do"
                    + " i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; done";

    private final List<Process> processes = new ArrayList<>();

    private BusyLoops() {}

    /**
     * @throws IllegalArgumentException if the number is negative
     */
    public static BusyLoops start(int number) throws IOException {
        if (number < 0) {
            throw new IllegalArgumentException("no less than 0 busy loops, not " + number);
        }
        BusyLoops loops = new BusyLoops();
        for (int i = 0; i < number; i++) {
            List<String> command = new ArrayList<>(OwnSession.words());
            command.addAll(
                    List.of(
                            "sh",
                            "-c",
                            LOOP,
                            "kontor-busy-loop",
                            Long.toString(ProcessHandle.current().pid())));
            loops.processes.add(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start());
        }
        return loops;
    }

    /** Those that have not ended. */
    public List<ProcessHandle> running() {
        return processes.stream().filter(Process::isAlive).map(Process::toHandle).toList();
    }

    /** Waits until they are gone. */
    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
