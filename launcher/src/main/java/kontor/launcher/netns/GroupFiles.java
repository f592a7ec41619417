package kontor.launcher.netns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The kernel's control groups that have a freezer, version 2 or 1. */
public final class GroupFiles {

    private static final Path MOUNTS = Path.of("/proc/mounts");
    private static final String MEMBERS = "cgroup.procs";
    private static final int MOST_ROUNDS = 10;

    private GroupFiles() {}

    /** Where groups can be made by this process; empty where none can. */
    public static Optional<Path> root() throws IOException {
        List<String[]> mounts =
                Files.readAllLines(MOUNTS).stream().map(line -> line.split(" ", -1)).toList();
        return mounts.stream()
                .filter(mount -> mount[2].equals("cgroup2"))
                .map(mount -> Path.of(mount[1]))
                .filter(path -> freezes(path, "cgroup.freeze"))
                .findFirst()
                .or(() ->
                        mounts.stream()
                                .filter(mount -> mount[2].equals("cgroup"))
                                .filter(mount ->
                                        List.of(mount[3].split(",", -1)).contains("freezer"))
                                .map(mount -> Path.of(mount[1]))
                                .filter(path -> freezes(path, "freezer.state"))
                                .findFirst());
    }

    /** By trying it: a container may show the groups and not let us make any. */
    private static boolean freezes(Path root, String control) {
        Path attempt = root.resolve("kontor." + UUID.randomUUID());
        try {
            Files.createDirectory(attempt);
            try {
                return Files.isWritable(attempt.resolve(control));
            } finally {
                Files.delete(attempt);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** The file that takes the id of a process that is to be in a group. */
    public static Path members(Path group) {
        return group.resolve(MEMBERS);
    }

    /** The processes in a group; none if there is no such group. */
    public static List<Long> processes(Path group) throws IOException {
        try {
            return Files.readAllLines(members(group)).stream().map(Long::valueOf).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /**
     * Ends all processes in a group; those that it makes meanwhile too.
     *
     * @throws NetworksException if some do not end
     */
    static void endAll(Path group) throws IOException {
        thaw(group);
        List<Long> left = processes(group);
        for (int round = 0; !left.isEmpty(); round++) {
            if (round == MOST_ROUNDS) {
                throw new NetworksException("processes %s do not end".formatted(left));
            }
            left.stream()
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .forEach(process -> {
                        process.destroyForcibly();
                        process.onExit().completeOnTimeout(process, 1, TimeUnit.SECONDS).join();
                    });
            left = processes(group);
        }
    }

    /** Lets a group go on: in a frozen one of version 1 not even a kill arrives. */
    static void thaw(Path group) throws IOException {
        if (Files.exists(group.resolve("cgroup.freeze"))) {
            Files.writeString(group.resolve("cgroup.freeze"), "0");
        } else if (Files.exists(group.resolve("freezer.state"))) {
            Files.writeString(group.resolve("freezer.state"), "THAWED");
        }
    }
}
