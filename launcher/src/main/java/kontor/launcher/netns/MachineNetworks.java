package kontor.launcher.netns;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.launcher.plan.GameNetworks;

/**
 * Makes the networks of a lab on this machine and removes them. What is going to be made is written
 * to a file before, so that a later launcher finds it, even after a crash; the file is gone once
 * all of it is. Removing ends all processes in the namespaces and control groups.
 *
 * <p>Not thread-safe: called by the holder of the data directory's lock.
 */
public final class MachineNetworks {

    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final String NAMESPACE = "namespace ";
    private static final String DEVICE = "device ";
    private static final String GROUP = "group ";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 20;

    private final Path record;

    /**
     * @param record the file that says what there is to remove
     */
    public MachineNetworks(Path record) {
        this.record = record;
    }

    /** Why this process cannot make networks, as a sentence; empty if it can. */
    public static Optional<String> refusal() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of(
                    "--netns makes network namespaces, which only root may: run it with sudo");
        }
        for (String program : List.of("ip", "nsenter")) {
            if (program(program).isEmpty()) {
                return Optional.of(
                        "--netns needs the program %s; Debian has it in the package %s"
                                .formatted(
                                        program, program.equals("ip") ? "iproute2" : "util-linux"));
            }
        }
        return Optional.empty();
    }

    /** What a lab can have on this machine as it is now. */
    public static GameNetworks choose(Lab lab) throws IOException {
        Set<String> taken = addresses();
        int subnet =
                GameNetworks.subnets(lab).stream()
                        .filter(each -> !taken.contains("169.254.%d.1".formatted(each)))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no free subnet in 169.254.0.0/16"));
        return new GameNetworks(lab, subnet, GroupFiles.root().orElse(null));
    }

    private static Set<String> addresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(address -> address.getHostAddress())
                .collect(Collectors.toSet());
    }

    /** Whether something may be there to be removed. */
    public boolean exist() {
        return Files.exists(record);
    }

    /**
     * Makes all of it; what fails half-way is removed.
     *
     * @throws NetworksException if something is there already, or cannot be made
     */
    public void make(GameNetworks networks) throws IOException {
        remove();
        for (String name : networks.namespaces()) {
            if (Files.exists(NAMESPACES.resolve(name))) {
                throw new NetworksException(
                        "network namespace %s is there already: does another stack play lab '%s'?"
                                .formatted(name, networks.lab().name()));
            }
        }
        List<String> lines = new ArrayList<>();
        networks.namespaces().forEach(name -> lines.add(NAMESPACE + name));
        networks.devices().forEach(name -> lines.add(DEVICE + name));
        networks.allGroups().forEach(group -> lines.add(GROUP + group));
        Files.write(record, lines);
        boolean made = false;
        try {
            for (List<String> command : networks.commands()) {
                run(command);
            }
            for (Path group : networks.allGroups()) {
                Files.createDirectories(group);
            }
            made = true;
        } finally {
            if (!made) {
                remove();
            }
        }
    }

    /**
     * Removes what the file says, and the file; what is gone already is no error.
     *
     * @throws NetworksException if something stays; then the file stays too
     */
    public void remove() throws IOException {
        if (!exist()) {
            return;
        }
        if (refusal().isPresent()) {
            throw new NetworksException(
                    "%s lists network namespaces, which only root may remove: run it with sudo"
                            .formatted(record));
        }
        List<Path> groups = listed(GROUP).map(Path::of).toList();
        List<String> namespaces =
                listed(NAMESPACE).filter(name -> Files.exists(NAMESPACES.resolve(name))).toList();
        endAll(groups, namespaces);
        for (Path group : groups) {
            Files.deleteIfExists(group);
        }
        for (String device : listed(DEVICE).toList()) {
            if (NetworkInterface.getByName(device) != null) {
                run(List.of("ip", "link", "delete", device));
            }
        }
        for (String name : namespaces) {
            run(List.of("ip", "netns", "delete", name));
        }
        Files.delete(record);
    }

    /** The control group that is named as a namespace; empty if none was made. */
    public Optional<Path> group(String name) throws IOException {
        return listed(GROUP).map(Path::of).filter(group -> group.endsWith(name)).findFirst();
    }

    private Stream<String> listed(String kind) throws IOException {
        return Files.readAllLines(record).stream()
                .filter(line -> line.startsWith(kind))
                .map(line -> line.substring(kind.length()));
    }

    private static void endAll(List<Path> groups, List<String> namespaces) throws IOException {
        for (Path group : groups) {
            GroupFiles.thaw(group);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (List<Long> left = members(groups, namespaces);
                !left.isEmpty();
                left = members(groups, namespaces)) {
            if (System.nanoTime() > deadline) {
                throw new NetworksException("processes %s do not end".formatted(left));
            }
            left.stream()
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .forEach(ProcessHandle::destroyForcibly);
            pause();
        }
    }

    private static void pause() throws NetworksException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static NetworksException interrupted() {
        Thread.currentThread().interrupt();
        return new NetworksException("interrupted; ./kontor down removes what is left");
    }

    private static List<Long> members(List<Path> groups, List<String> namespaces)
            throws IOException {
        List<Long> members = new ArrayList<>();
        for (Path group : groups) {
            members.addAll(GroupFiles.processes(group));
        }
        for (String name : namespaces) {
            run(List.of("ip", "netns", "pids", name))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(Long::valueOf)
                    .forEach(members::add);
        }
        return members;
    }

    /** Runs a program to its end and returns what it said. */
    private static String run(List<String> command) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.set(0, program(command.getFirst()).map(Path::toString).orElse(command.getFirst()));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new NetworksException(
                        "%s: %s".formatted(String.join(" ", command), output.strip()));
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        return output;
    }

    /** Also where the path of root, as su leaves it, lacks the directories of such programs. */
    private static Optional<Path> program(String name) {
        return Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin")
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
