package kontor.adapter.freezer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * By SIGSTOP and SIGCONT to the process that a file names, and to all its descendants.
 *
 * <p>Parents are stopped before their children and the tree is looked at again until nothing new is
 * in it: a stopped process makes no more children. A process is known by its number and its start
 * time, so that a number which the system has given to another process stops nobody.
 */
final class ProcessTreeFreezer implements Freezer {

    /** What the clocks of file and process may differ by. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

    private final Path pidFile;
    private final Duration patience;

    /** What we stopped, parents first. */
    private List<ProcessStat> stopped = List.of();

    ProcessTreeFreezer(Path pidFile, Duration patience) {
        this.pidFile = pidFile;
        this.patience = patience;
    }

    @Override
    public String freeze() throws FreezeException {
        ProcessStat root = root();
        List<ProcessStat> tree = new ArrayList<>();
        // Before the first signal: whatever happens, these are thawed.
        stopped = tree;
        try {
            stop(root, tree);
            return "signal";
        } catch (IOException e) {
            release();
            throw new FreezeException("/proc cannot be read: " + e, e);
        } catch (FreezeException e) {
            release();
            throw e;
        }
    }

    private void stop(ProcessStat root, List<ProcessStat> tree)
            throws FreezeException, IOException {
        Patience patient = new Patience(patience);
        do {
            List<ProcessStat> fresh = new ArrayList<>(ProcessTable.tree(root));
            fresh.removeIf(process -> tree.stream().anyMatch(process::sameAs));
            if (fresh.isEmpty() && tree.stream().allMatch(ProcessTable::stands)) {
                return;
            }
            if (fresh.stream().anyMatch(ProcessTreeFreezer::isOurself)) {
                throw new FreezeException(
                        "the adapter itself is process %s of %s, or below it"
                                .formatted(root, pidFile));
            }
            for (ProcessStat process : fresh) {
                tree.add(process);
                signal(Signals.STOP, process);
            }
        } while (patient.lasts());
        throw new FreezeException(
                "of the processes below %s some run on after %s".formatted(root, patience));
    }

    @Override
    public void thaw() throws FreezeException {
        release();
        // An earlier adapter may have stopped what we know nothing of.
        Optional<ProcessStat> root = rootIfThere();
        if (root.isPresent()) {
            try {
                goOn(ProcessTable.tree(root.get()));
            } catch (IOException e) {
                throw new FreezeException("/proc cannot be read: " + e, e);
            }
        }
    }

    private static boolean isOurself(ProcessStat process) {
        return process.pid() == ProcessHandle.current().pid();
    }

    private void release() throws FreezeException {
        goOn(stopped);
        stopped = List.of();
    }

    /** Children first: no parent sees a child that stands. */
    private static void goOn(List<ProcessStat> parentsFirst) throws FreezeException {
        for (ProcessStat process : parentsFirst.reversed()) {
            signal(Signals.CONTINUE, process);
        }
    }

    private static void signal(int signal, ProcessStat process) throws FreezeException {
        if (ProcessTable.process(process.pid()).filter(process::sameAs).isPresent()) {
            Signals.send(signal, process);
        }
    }

    private ProcessStat root() throws FreezeException {
        long pid;
        Instant written;
        try {
            pid = Long.parseLong(Files.readString(pidFile).strip());
            written = Files.getLastModifiedTime(pidFile).toInstant();
        } catch (IOException e) {
            throw new FreezeException("the pid file cannot be read: " + e, e);
        } catch (NumberFormatException e) {
            throw new FreezeException("pid file %s holds no process number".formatted(pidFile), e);
        }
        ProcessStat root =
                ProcessTable.process(pid)
                        .orElseThrow(() ->
                                new FreezeException(
                                        "process %d of %s is not there".formatted(pid, pidFile)));
        try {
            if (ProcessTable.started(root).isAfter(written.plus(CLOCKS_DIFFER))) {
                throw new FreezeException(
                        "process %s began after %s was written: it is another one"
                                .formatted(root, pidFile));
            }
        } catch (IOException e) {
            throw new FreezeException("/proc cannot be read: " + e, e);
        }
        return root;
    }

    private Optional<ProcessStat> rootIfThere() {
        try {
            return Optional.of(root());
        } catch (FreezeException e) {
            return Optional.empty();
        }
    }
}
