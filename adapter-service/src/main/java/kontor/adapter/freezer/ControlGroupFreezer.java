package kontor.adapter.freezer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * By the kernel's freezer, version 2 or 1: it stops every process of a control group and of those
 * below it, new ones too, and none of them notices. The group is read again each time: it may be
 * made after the adapter has started.
 */
final class ControlGroupFreezer implements Freezer {

    /** About 20 ms; a group freezes in less than one. */
    private static final int LOOKS_BEFORE_ANEW = 100;

    private final Path directory;
    private final Duration patience;

    ControlGroupFreezer(Path directory, Duration patience) {
        this.directory = directory;
        this.patience = patience;
    }

    @Override
    public String freeze() throws FreezeException {
        try {
            Version version = version();
            List<Long> members = members();
            if (members.isEmpty()) {
                throw new FreezeException("control group %s is empty".formatted(directory));
            }
            if (members.contains(ProcessHandle.current().pid())) {
                throw new FreezeException(
                        "control group %s holds the adapter itself".formatted(directory));
            }
            if (!freezes(version)) {
                write(version, version.thaw);
                throw new FreezeException(
                        "control group %s does not freeze within %s"
                                .formatted(directory, patience));
            }
            return version.method;
        } catch (IOException | UncheckedIOException e) {
            throw new FreezeException("control group %s: %s".formatted(directory, e), e);
        }
    }

    @Override
    public void thaw() throws FreezeException {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Version version = version();
            write(version, version.thaw);
            if (!comes(version, version.thawed)) {
                throw new FreezeException(
                        "control group %s does not thaw within %s: is one above it frozen?"
                                .formatted(directory, patience));
            }
        } catch (NoSuchFileException e) {
            if (Files.exists(directory)) {
                throw new FreezeException("control group %s: %s".formatted(directory, e), e);
            }
        } catch (IOException e) {
            throw new FreezeException("control group %s: %s".formatted(directory, e), e);
        }
    }

    private Version version() throws FreezeException {
        if (!Files.isDirectory(directory)) {
            throw new FreezeException("there is no control group %s".formatted(directory));
        }
        for (Version version : Version.values()) {
            if (Files.exists(directory.resolve(version.control))) {
                return version;
            }
        }
        throw new FreezeException(
                "%s has neither %s nor %s: it is no control group with a freezer"
                        .formatted(directory, Version.V2.control, Version.V1.control));
    }

    private List<Long> members() throws IOException {
        try (Stream<Path> below = Files.find(directory, 64, ControlGroupFreezer::listsMembers)) {
            return below.flatMap(ControlGroupFreezer::lines).map(Long::valueOf).toList();
        }
    }

    private static boolean listsMembers(Path path, Object attributes) {
        return path.endsWith("cgroup.procs");
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Version version, String word) throws IOException {
        Files.write(directory.resolve(version.control), word.getBytes(US_ASCII), WRITE);
    }

    /**
     * Version 1 may hang half-way for ever when a process was just making another; the way out is
     * to let the group go for a moment and to begin again, as container runtimes do.
     */
    private boolean freezes(Version version) throws IOException {
        Patience patient = new Patience(patience);
        write(version, version.freeze);
        for (int look = 1; !answers(version, version.frozen); look++) {
            if (!patient.lasts()) {
                return false;
            }
            if (version == Version.V1 && look % LOOKS_BEFORE_ANEW == 0) {
                write(version, version.thaw);
                write(version, version.freeze);
            }
        }
        return true;
    }

    private boolean comes(Version version, String line) throws IOException {
        Patience patient = new Patience(patience);
        do {
            if (answers(version, line)) {
                return true;
            }
        } while (patient.lasts());
        return false;
    }

    private boolean answers(Version version, String line) throws IOException {
        return Files.readAllLines(directory.resolve(version.answer)).contains(line);
    }

    /** The kernel's Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/freezer-subsystem.rst. */
    private enum Version {
        V2("cgroup v2", "cgroup.freeze", "1", "0", "cgroup.events", "frozen 1", "frozen 0"),
        V1("cgroup v1", "freezer.state", "FROZEN", "THAWED", "freezer.state", "FROZEN", "THAWED");

        final String method;

        /** The file that is written to. */
        final String control;

        final String freeze;
        final String thaw;

        /** The file of which one line says how it stands. */
        final String answer;

        final String frozen;
        final String thawed;

        Version(
                String method,
                String control,
                String freeze,
                String thaw,
                String answer,
                String frozen,
                String thawed) {
            this.method = method;
            this.control = control;
            this.freeze = freeze;
            this.thaw = thaw;
            this.answer = answer;
            this.frozen = frozen;
            this.thawed = thawed;
        }
    }
}
