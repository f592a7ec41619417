package kontor.adapter.freezer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A control group of the kernel's, made for one test. */
record ControlGroup(ControlGroup.Version version, Path directory) {

    /** Where its files are and how they speak. */
    enum Version {
        V1("freezer.state", "FROZEN", "THAWED", "freezer.state", "FROZEN"),
        V2("cgroup.freeze", "1", "0", "cgroup.events", "frozen 1");

        final String control;
        final String freeze;
        final String thaw;
        final String answer;
        final String frozen;

        Version(String control, String freeze, String thaw, String answer, String frozen) {
            this.control = control;
            this.freeze = freeze;
            this.thaw = thaw;
            this.answer = answer;
            this.frozen = frozen;
        }

        private boolean isMountedBy(String[] mount) {
            return switch (this) {
                case V1 ->
                        mount[2].equals("cgroup")
                                && List.of(mount[3].split(",", -1)).contains("freezer");
                case V2 -> mount[2].equals("cgroup2");
            };
        }
    }

    /** Empty where this machine has none of that version, or does not let us. */
    static Optional<ControlGroup> make(Version version) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            String[] mount = line.split(" ", -1);
            if (version.isMountedBy(mount)) {
                Path directory = Path.of(mount[1]).resolve("kontor-test-" + UUID.randomUUID());
                try {
                    Files.createDirectory(directory);
                } catch (IOException e) {
                    return Optional.empty();
                }
                if (Files.isWritable(directory.resolve(version.control))) {
                    return Optional.of(new ControlGroup(version, directory));
                }
                Files.delete(directory);
            }
        }
        return Optional.empty();
    }

    /** A real game in this group. */
    FreezerContract.Game game(Path files, Duration patience) throws IOException {
        RealGame game = new RealGame(files, "echo $$ > %s/cgroup.procs".formatted(directory));
        return new FreezerContract.Game() {

            @Override
            public Freezer newFreezer() {
                return new ControlGroupFreezer(directory, patience);
            }

            @Override
            public boolean stands() throws IOException {
                return Files.readAllLines(directory.resolve(version.answer))
                        .contains(version.frozen);
            }

            @Override
            public void awaitSignOfLife() throws IOException {
                game.awaitSignOfLife();
            }

            @Override
            public void end() throws Exception {
                if (Files.exists(directory)) {
                    // In a frozen group of version 1 not even a kill arrives.
                    Files.writeString(directory.resolve(version.control), version.thaw);
                    game.end();
                    Awaitility.await("the group is left")
                            .ignoreExceptions()
                            .until(() -> Files.deleteIfExists(directory));
                }
            }
        };
    }
}
