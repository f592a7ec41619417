package kontor.launcher.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kontor.launcher.gateway.FrozenMoment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a program in CRIU's place that notes what it is asked: what a real one would do with real
 * games is not seen here.
 */
@Timeout(120)
final class SnapshotsIT {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(30);

    /** A restored game is two processes that sleep, each stopped, as CRIU leaves it. */
    private static final String CRIU =
            """
            #!/bin/sh
            echo "${NAMESPACE:-} $*" >>"CALLS"
            case $1 in
            check) test ! -e "CALLS.no" || { echo 'Error: no CAP'; exit 1; } ;;
            dump | restore)
                test "$NAMESPACE" != "$(cat CALLS.fails 2>&1)" || { echo 'no memory'; exit 7; }
                while [ $# -gt 0 ]; do
                    test "$1" != --images-dir || echo image >>"$2/core.img"
                    if [ "$1" = --leave-stopped ]; then
                        for process in 1 2; do
                            sleep 600 >"CALLS.out" 2>&1 </dev/null &
                            kill -STOP $!
                            echo $! >>"CALLS.started.$NAMESPACE"
                        done
                    fi
                    shift
                done
            esac
            """;

    @TempDir private Path directory;
    private Path calls;
    private SnapshotShelf shelf;
    private Snapshots snapshots;

    /** The clock goes on by this at each look. */
    private Duration step = Duration.ZERO;

    private Instant now = NOW;

    /** Parents of the processes in each control group, besides those that were restored. */
    private final Map<Path, Map<Long, Long>> groups = new LinkedHashMap<>();

    @BeforeEach
    void standIns() throws IOException {
        calls = directory.resolve("calls");
        Path criu =
                Files.writeString(
                        directory.resolve("criu"), CRIU.replace("CALLS", calls.toString()));
        Files.setPosixFilePermissions(criu, PosixFilePermissions.fromString("rwx------"));
        shelf = new SnapshotShelf(directory.resolve("snapshots"));
        snapshots =
                new Snapshots(
                        criu.toString(),
                        shelf,
                        new NotedLab(),
                        new Groups(),
                        () -> now = now.plus(step));
        for (String game : List.of("game1", "game2", "game3")) {
            Files.createDirectory(group(game));
        }
        groups.put(group("game1"), new LinkedHashMap<>(Map.of(40L, 7L, 41L, 40L, 42L, 41L)));
        groups.put(group("game2"), new LinkedHashMap<>(Map.of(50L, 7L)));
    }

    @AfterEach
    void endWhatWasRestored() throws IOException {
        started().forEach(ProcessHandle::destroyForcibly);
    }

    private final class NotedLab implements PlayedLab {

        @Override
        public FrozenMoment freeze(Set<String> games) throws IOException {
            note("freeze " + games);
            return new FrozenMoment("f1", "s1", 812);
        }

        @Override
        public Duration longestFreeze() {
            return LONGEST_FREEZE;
        }

        @Override
        public void thaw(FrozenMoment frozen) throws IOException {
            note("thaw " + frozen.freeze());
        }

        @Override
        public String startSession(String note) throws IOException {
            note("session: " + note);
            return "s2";
        }
    }

    private void note(String call) throws IOException {
        Files.writeString(calls, call + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private final class Groups implements Snapshots.ProcessLists {

        @Override
        public List<Long> in(Path group) throws IOException {
            List<Long> processes = new ArrayList<>(groups.getOrDefault(group, Map.of()).keySet());
            started(directory.relativize(group).toString())
                    .map(ProcessHandle::pid)
                    .forEach(processes::add);
            return processes;
        }

        @Override
        public Optional<Long> parent(long process) {
            return groups.values().stream()
                    .flatMap(group -> Optional.ofNullable(group.get(process)).stream())
                    .findFirst();
        }

        @Override
        public void move(long process, Path group) throws IOException {
            note("%d into %s".formatted(process, directory.relativize(group)));
        }
    }

    private Path group(String game) {
        return directory.resolve(game);
    }

    private List<Snapshots.Place> places() {
        return Stream.of("game1", "game2", "game3")
                .map(game ->
                        new Snapshots.Place(
                                game,
                                List.of("env", "NAMESPACE=" + game),
                                group(game),
                                group(game + ".screen")))
                .toList();
    }

    private List<String> calls() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private List<ProcessHandle> started() throws IOException {
        return Stream.concat(started("game1"), started("game2")).toList();
    }

    private Stream<ProcessHandle> started(String game) throws IOException {
        Path list = Path.of(calls + ".started." + game);
        return Files.exists(list)
                ? Files.readAllLines(list).stream()
                        .flatMap(line -> ProcessHandle.of(Long.parseLong(line)).stream())
                : Stream.empty();
    }

    @Test
    void allGamesThatArePlayedAreWrittenWhileTheyStandStill() throws Exception {
        SnapshotManifest taken = snapshots.take("menu", "default", places());

        assertThat(calls())
                .containsExactly(
                        " check",
                        "freeze [game1, game2]",
                        dump("game1", 40),
                        dump("game2", 50),
                        "thaw f1");
        assertThat(taken)
                .isEqualTo(
                        new SnapshotManifest(
                                "menu",
                                "default",
                                "s1",
                                812,
                                NOW,
                                List.of("game1", "game2"),
                                Map.of()));
        assertThat(shelf.list()).containsExactly(taken);
        assertThat(shelf.images("menu", "game2").resolve("core.img")).exists();
        assertThat(directory.resolve("snapshots/menu.unfinished")).doesNotExist();
    }

    @Test
    void aScreenOfTheSameTreeStandsStillWithItsGameWhileThatIsWritten() throws Exception {
        groups.put(group("game2.screen"), new LinkedHashMap<>(Map.of(60L, 7L)));
        groups.put(group("game2"), new LinkedHashMap<>(Map.of(50L, 60L)));

        SnapshotManifest taken = snapshots.take("menu", "default", places());

        assertThat(calls())
                .containsSequence(
                        dump("game1", 40),
                        "60 into game2",
                        dump("game2", 60),
                        "60 into game2.screen",
                        "thaw f1");
        assertThat(taken.screen("game1")).isEmpty();
        assertThat(shelf.find("menu"))
                .hasValueSatisfying(
                        found -> assertThat(found.screen("game2")).containsExactly(60L));

        groups.clear();
        snapshots.restore("menu", "default", places());
        assertThat(calls()).last().isEqualTo("60 into game2.screen");
    }

    @Test
    void aScreenGoesOnAlsoWhereItsGameCannotBeWritten() throws Exception {
        groups.put(group("game2.screen"), new LinkedHashMap<>(Map.of(60L, 7L)));
        groups.put(group("game2"), new LinkedHashMap<>(Map.of(50L, 60L)));
        Files.writeString(Path.of(calls + ".fails"), "game2");

        assertThatThrownBy(() -> snapshots.take("menu", "default", places()))
                .hasMessageEndingWith("no memory");

        assertThat(calls()).endsWith("60 into game2.screen", "thaw f1");
    }

    private String dump(String game, long root) {
        return ("%s dump --tree %d --images-dir %s --log-file criu.log --tcp-established"
                        + " --file-locks --link-remap --shell-job --manage-cgroups=ignore"
                        + " --freeze-cgroup %s --leave-running")
                .formatted(
                        game,
                        root,
                        directory.resolve("snapshots/menu.unfinished").resolve(game),
                        group(game));
    }

    @Test
    void whereOneCannotBeWrittenAllGoOnAndNothingIsKept() throws Exception {
        Files.writeString(Path.of(calls + ".fails"), "game2");

        assertThatThrownBy(() -> snapshots.take("menu", "default", places()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("game2: exit status 7 of env NAMESPACE=game2 ")
                .hasMessageEndingWith("no memory");

        assertThat(calls()).last().isEqualTo("thaw f1");
        assertThat(directory.resolve("snapshots")).isEmptyDirectory();
    }

    @Test
    void whatWasNotWrittenWhileAllStoodStillIsNoSnapshot() throws Exception {
        step = LONGEST_FREEZE.plusSeconds(1);

        assertThatThrownBy(() -> snapshots.take("menu", "default", places()))
                .hasMessage("writing took 31 s, and games stand still for 30 s at most");

        assertThat(calls()).last().isEqualTo("thaw f1");
        assertThat(directory.resolve("snapshots")).isEmptyDirectory();
    }

    @Test
    void whatCannotBeDoneIsRefusedBeforeAnyGameStandsStill() throws Exception {
        snapshots.take("menu", "default", places());
        Files.delete(calls);

        assertThat(refusal("menu")).isEqualTo("there is a snapshot 'menu' already");
        assertThat(refusal("../menu")).contains("letters a to z, digits and '-', not '../menu'");
        groups.put(group("game2.screen"), Map.of(60L, 7L));
        assertThat(refusal("other"))
                .as("a screen beside the game")
                .isEqualTo("the processes of game2, [50, 60], do not descend from one of them");
        groups.remove(group("game2.screen"));
        groups.put(group("game2"), Map.of(50L, 7L, 51L, 7L));
        assertThat(refusal("other")).contains("do not descend from one of them");
        groups.clear();
        assertThat(refusal("other")).isEqualTo("no game is played (kontor play)");
        Files.createFile(Path.of(calls + ".no"));
        assertThat(refusal("other"))
                .isEqualTo("'criu check' fails here (exit status 1): Error: no CAP");
        assertThatThrownBy(() -> snapshots.restore("menu", "default", places()))
                .isInstanceOf(SnapshotRefusedException.class)
                .hasMessageStartingWith("'criu check' fails here");

        assertThat(calls()).containsOnly(" check");
    }

    private String refusal(String name) {
        Throwable refused = catchThrowable(() -> snapshots.take(name, "default", places()));
        assertThat(refused).isInstanceOf(SnapshotRefusedException.class);
        return String.valueOf(refused.getMessage());
    }

    @Test
    void aSnapshotIsRestoredAgainAndAgainEachTimeAsANewSession() throws Exception {
        snapshots.take("menu", "default", places());
        groups.clear();
        for (int time = 1; time <= 2; time++) {
            Files.delete(calls);

            assertThat(snapshots.restore("menu", "default", places())).isEqualTo("s2");

            assertThat(calls())
                    .containsExactly(
                            " check",
                            "session: Restored from snapshot menu: session s1, No. 812",
                            restore("game1"),
                            restore("game2"));
            assertThat(started())
                    .as("all of each game")
                    .hasSize(4)
                    .allSatisfy(process ->
                            assertThat(stat(process))
                                    .doesNotContain(") T ")
                                    .doesNotContain(") Z "));
            assertThat(group("game1").resolve("cgroup.procs")).isNotEmptyFile();
            started().forEach(ProcessHandle::destroyForcibly);
            Files.delete(Path.of(calls + ".started.game1"));
            Files.delete(Path.of(calls + ".started.game2"));
        }
    }

    /** As the kernel says it; of one that is gone: as if nobody had asked yet how it ended. */
    private static String stat(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/%d/stat".formatted(process.pid())));
        } catch (IOException e) {
            return "(gone) Z ";
        }
    }

    private String restore(String game) {
        Path images = directory.resolve("snapshots/menu").resolve(game);
        return ("%s restore --images-dir %s --log-file restore.log --tcp-established --file-locks"
                        + " --shell-job --manage-cgroups=ignore --restore-detached --leave-stopped")
                .formatted(game, images);
    }

    @Test
    void nothingIsRestoredBesideAGameThatIsPlayedOrOfAnotherLab() throws Exception {
        snapshots.take("menu", "default", places());
        Files.delete(calls);

        assertThatThrownBy(() -> snapshots.restore("menu", "default", places()))
                .hasMessage("game1 is played; end all games first");
        assertThatThrownBy(() -> snapshots.restore("menu", "lan", places()))
                .hasMessage("'menu' is of lab default, and lan runs");
        assertThatThrownBy(() -> snapshots.restore("menu", "default", places().subList(1, 2)))
                .hasMessage("the lab has no [game1] any more");
        assertThatThrownBy(() -> snapshots.restore("other", "default", places()))
                .hasMessage("there is no snapshot 'other'");

        assertThat(calls()).containsOnly(" check");
    }

    @Test
    void whereOneCannotBeRestoredNoneGoesOn() throws Exception {
        snapshots.take("menu", "default", places());
        groups.clear();
        Files.writeString(Path.of(calls + ".fails"), "game2");

        assertThatThrownBy(() -> snapshots.restore("menu", "default", places()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("game2: exit status 7");

        assertThat(Path.of(calls + ".started.game1")).as("game1 had been restored").exists();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(started()).allMatch(process -> stat(process).contains(") Z ")));
    }
}
