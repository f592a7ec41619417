package kontor.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes the share of the processors that a process gets, with all of its threads. Where the
 * kernel refuses, it keeps its share.
 */
final class StepBack {

    /** Attempts: the kernel accepts only a few changes a second from users other than root. */
    private static final int ATTEMPTS = 8;

    private static final long PAUSE_MILLIS = 100;

    private StepBack() {}

    /**
     * Blocks for at most a second.
     *
     * @param pid a process that leads a session of its own
     * @param niceness 1 to 19; does nothing where it is that or more already
     */
    static void step(long pid, int niceness) throws InterruptedException {
        if (niceness > ProcessTable.groupNiceness(pid)) {
            setGroup(pid, niceness);
        }
        // Counts where the kernel makes no groups of sessions, and between those of one session.
        if (niceness > ProcessTable.niceness(pid)) {
            renice(pid, niceness);
        }
    }

    /**
     * Lets the kernel's group of a process come forward again, which any user may do down to 0.
     * Blocks for at most a second.
     *
     * @param pid a process that leads a session of its own
     * @param niceness 0 to 19; does nothing where it is that or less already
     */
    static void end(long pid, int niceness) throws InterruptedException {
        if (niceness < ProcessTable.groupNiceness(pid)) {
            setGroup(pid, niceness);
        }
    }

    /**
     * Has the kernel's groups of a process's children step back: those of whose sessions they are
     * the leaders. Blocks for at most a second for each.
     *
     * @param niceness 1 to 19; does nothing to those where it is that or more already
     */
    static void stepChildren(long pid, int niceness) throws InterruptedException {
        for (long child : ProcessTable.children(pid)) {
            if (niceness > ProcessTable.groupNiceness(child)) {
                setGroup(child, niceness);
            }
        }
    }

    private static void setGroup(long pid, int niceness) throws InterruptedException {
        Path group = Path.of("/proc", Long.toString(pid), "autogroup");
        for (int attempt = 1; attempt <= ATTEMPTS && Files.isWritable(group); attempt++) {
            try {
                Files.writeString(group, Integer.toString(niceness));
                return;
            } catch (IOException _) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static void renice(long pid, int niceness) throws InterruptedException {
        List<String> command =
                new ArrayList<>(
                        OwnSession.program("renice", "-n", Integer.toString(niceness), "-g"));
        if (command.isEmpty()) {
            return;
        }
        command.add(Long.toString(pid));
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(command + " could not be started", e);
        }
    }
}
