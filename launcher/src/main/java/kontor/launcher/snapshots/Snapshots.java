package kontor.launcher.snapshots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kontor.launcher.gateway.FrozenMoment;

/**
 * Writes all games of a lab to disk at one moment, and lets them go on from there again. One at a
 * time; blocks. Whatever fails, the games that run are thawed, and no half snapshot is left.
 */
public final class Snapshots {

    /**
     * Where a game of the lab is played.
     *
     * @param within what puts a program into its network namespace
     * @param group its control group
     * @param screen the control group of its screen
     */
    public record Place(String game, List<String> within, Path group, Path screen) {

        public Place {
            within = List.copyOf(within);
        }
    }

    /** The kernel's lists of processes. */
    public interface ProcessLists {

        /** The processes in a control group. */
        List<Long> in(Path group) throws IOException;

        /** The parent of a process; empty if it has ended. */
        Optional<Long> parent(long process);

        /** Puts a process into another control group; frozen if that is. */
        void move(long process, Path group) throws IOException;
    }

    private final String criu;
    private final CriuCommands commands;
    private final SnapshotShelf shelf;
    private final PlayedLab lab;
    private final ProcessLists processes;
    private final InstantSource clock;

    /**
     * @param criu the program, or where it is
     */
    public Snapshots(
            String criu,
            SnapshotShelf shelf,
            PlayedLab lab,
            ProcessLists processes,
            InstantSource clock) {
        this.criu = criu;
        this.commands = new CriuCommands(criu);
        this.shelf = shelf;
        this.lab = lab;
        this.processes = processes;
        this.clock = clock;
    }

    /**
     * Freezes the games, writes each to disk, and thaws them.
     *
     * @param places of all games of the lab; those that are not played are left out
     * @throws SnapshotRefusedException if it cannot be done here, before anything is changed
     * @throws IOException if a game does not stand still, or not long enough, or CRIU fails; the
     *     games go on
     */
    public SnapshotManifest take(String name, String labName, List<Place> places)
            throws IOException, InterruptedException, SnapshotRefusedException {
        requireCriu();
        if (!SnapshotShelf.names(name)) {
            throw new SnapshotRefusedException(
                    "a snapshot's name has letters a to z, digits and '-', not '%s'"
                            .formatted(name));
        }
        if (shelf.find(name).isPresent()) {
            throw new SnapshotRefusedException("there is a snapshot '%s' already".formatted(name));
        }
        Map<String, GameTree> trees = trees(places);
        if (trees.isEmpty()) {
            throw new SnapshotRefusedException("no game is played (kontor play)");
        }
        Path unfinished = shelf.begin(name);
        boolean complete = false;
        try {
            SnapshotManifest manifest = written(name, labName, trees, unfinished);
            shelf.complete(unfinished, manifest);
            complete = true;
            return manifest;
        } finally {
            if (!complete) {
                SnapshotShelf.delete(unfinished);
            }
        }
    }

    private SnapshotManifest written(
            String name, String labName, Map<String, GameTree> trees, Path unfinished)
            throws IOException, InterruptedException {
        Instant asked = clock.instant();
        FrozenMoment moment = lab.freeze(trees.keySet());
        try {
            for (GameTree tree : trees.values()) {
                Path images = Files.createDirectory(unfinished.resolve(tree.game()));
                dump(tree, images);
            }
            Duration took = Duration.between(asked, clock.instant());
            if (took.compareTo(lab.longestFreeze()) > 0) {
                throw new IOException(
                        "writing took %d s, and games stand still for %d s at most"
                                .formatted(took.toSeconds(), lab.longestFreeze().toSeconds()));
            }
            return new SnapshotManifest(
                    name,
                    labName,
                    moment.session(),
                    moment.sequence(),
                    asked,
                    List.copyOf(trees.keySet()),
                    screens(trees.values()));
        } finally {
            lab.thaw(moment);
        }
    }

    /** The screen stands still with the game, and only as long as that takes. */
    private void dump(GameTree tree, Path images) throws IOException, InterruptedException {
        try {
            for (long process : tree.screen()) {
                processes.move(process, tree.group());
            }
            run(tree.game(), commands.dump(tree, images));
        } finally {
            for (long process : tree.screen()) {
                processes.move(process, tree.screenGroup());
            }
        }
    }

    private static Map<String, List<Long>> screens(Collection<GameTree> trees) {
        Map<String, List<Long>> screens = new LinkedHashMap<>();
        for (GameTree tree : trees) {
            if (!tree.screen().isEmpty()) {
                screens.put(tree.game(), tree.screen());
            }
        }
        return screens;
    }

    /** Those that are played, each with the root of its processes. */
    private Map<String, GameTree> trees(List<Place> places)
            throws IOException, SnapshotRefusedException {
        Map<String, GameTree> trees = new LinkedHashMap<>();
        for (Place place : places) {
            Map<Long, Long> parents = parents(processes.in(place.group()));
            if (parents.isEmpty()) {
                continue;
            }
            Map<Long, Long> screen = parents(processes.in(place.screen()));
            parents.putAll(screen);
            long root =
                    GameTree.root(parents)
                            .orElseThrow(() ->
                                    new SnapshotRefusedException(
                                            ("the processes of %s, %s, do not descend from one of"
                                                            + " them")
                                                    .formatted(place.game(), parents.keySet())));
            trees.put(
                    place.game(),
                    new GameTree(
                            place.game(),
                            place.within(),
                            place.group(),
                            place.screen(),
                            List.copyOf(screen.keySet()),
                            root));
        }
        return trees;
    }

    private Map<Long, Long> parents(List<Long> of) {
        Map<Long, Long> parents = new LinkedHashMap<>();
        for (long process : of) {
            processes.parent(process).ifPresent(parent -> parents.put(process, parent));
        }
        return parents;
    }

    /**
     * Restores the games of a snapshot, as a new session, and lets them go on all at once.
     *
     * @param places of all games of the lab
     * @return the new session's id
     * @throws SnapshotRefusedException if it cannot be done here, before anything is changed
     * @throws IOException if CRIU fails; the games that it restored are ended
     */
    public String restore(String name, String labName, List<Place> places)
            throws IOException, InterruptedException, SnapshotRefusedException {
        requireCriu();
        SnapshotManifest manifest =
                shelf.find(name)
                        .orElseThrow(() ->
                                new SnapshotRefusedException(
                                        "there is no snapshot '%s'".formatted(name)));
        if (!manifest.lab().equals(labName)) {
            throw new SnapshotRefusedException(
                    "'%s' is of lab %s, and %s runs".formatted(name, manifest.lab(), labName));
        }
        Set<String> missing = new LinkedHashSet<>(manifest.games());
        places.forEach(place -> missing.remove(place.game()));
        if (!missing.isEmpty()) {
            throw new SnapshotRefusedException("the lab has no %s any more".formatted(missing));
        }
        for (Place place : places) {
            if (!processes.in(place.group()).isEmpty() || !processes.in(place.screen()).isEmpty()) {
                throw new SnapshotRefusedException(
                        "%s is played; end all games first".formatted(place.game()));
            }
        }
        String session =
                lab.startSession(
                        "Restored from snapshot %s: session %s, No. %d"
                                .formatted(name, manifest.session(), manifest.sequence()));
        List<Long> stopped = new ArrayList<>();
        boolean whole = false;
        try {
            for (Place place : places) {
                if (manifest.games().contains(place.game())) {
                    stopped.addAll(restored(name, place));
                    for (long process : manifest.screen(place.game())) {
                        processes.move(process, place.screen());
                    }
                }
            }
            run("all games", CriuCommands.resume(stopped));
            whole = true;
            return session;
        } finally {
            if (!whole) {
                for (Place place : places) {
                    endAll(place.group());
                    endAll(place.screen());
                }
            }
        }
    }

    /** All processes of a restored game. */
    private List<Long> restored(String name, Place place) throws IOException, InterruptedException {
        Path images = shelf.images(name, place.game());
        run(place.game(), commands.restore(place.within(), place.group(), images));
        List<Long> made = processes.in(place.group());
        if (made.isEmpty()) {
            throw new IOException(
                    "%s: CRIU says that it is restored, and nothing is in control group %s"
                            .formatted(place.game(), place.group()));
        }
        return made;
    }

    private void endAll(Path group) throws IOException {
        for (long process : processes.in(group)) {
            ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private void requireCriu() throws InterruptedException, SnapshotRefusedException {
        if (SnapshotCheck.run(criu) instanceof SnapshotCheck.Finding.Unable(String reason)) {
            throw new SnapshotRefusedException(reason);
        }
    }

    private static void run(String what, List<String> command)
            throws IOException, InterruptedException {
        // Into a file: a restored process may hold what CRIU was given, and a pipe would not end.
        Path output = Files.createTempFile("kontor-criu-", ".log");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            process.getOutputStream().close();
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(
                        "%s: exit status %d of %s: %s"
                                .formatted(
                                        what,
                                        status,
                                        String.join(" ", command),
                                        Files.readString(output).strip()));
            }
        } finally {
            Files.delete(output);
        }
    }
}
