package kontor.launcher.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import kontor.launcher.gateway.FrozenMoment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a program in CRIU's place, as {@link SnapshotsIT}. */
@Timeout(120)
final class SnapshotDeskIT {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private static final String CRIU =
            """
            #!/bin/sh
            case $1 in
            check) test ! -e "DIRECTORY/no" || { echo 'Error: no CAP'; exit 1; } ;;
            dump) test ! -e "DIRECTORY/fails" || { echo 'no memory'; exit 7; } ;;
            restore) touch "DIRECTORY/restored" ;;
            esac
            """;

    @TempDir private Path directory;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<SnapshotNews> news = new CopyOnWriteArrayList<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private Process game;
    private SnapshotShelf shelf;
    private String criu;
    private SnapshotDesk desk;

    @BeforeEach
    void open() throws IOException {
        game = new ProcessBuilder("sleep", "600").start();
        Path program =
                Files.writeString(
                        directory.resolve("criu"), CRIU.replace("DIRECTORY", directory.toString()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        criu = program.toString();
        shelf = new SnapshotShelf(directory.resolve("snapshots"));
        Files.createDirectory(directory.resolve("game1"));
        desk =
                new SnapshotDesk(
                        criu,
                        shelf,
                        new SnapshotDesk.Games("default", this::places, NotedLab::new, groups()),
                        () -> NOW,
                        new SnapshotDesk.Listener() {
                            @Override
                            public void onNews(SnapshotNews each) {
                                news.add(each);
                            }

                            @Override
                            public void onReport(String text) {
                                reports.add(text);
                            }
                        });
        desk.start();
        desk.start();
        await().until(() -> !news.isEmpty());
    }

    @AfterEach
    void close() {
        desk.close();
        game.destroyForcibly();
        assertThat(reports).isEmpty();
    }

    private final class NotedLab implements PlayedLab {

        @Override
        public FrozenMoment freeze(Set<String> games) {
            calls.add("freeze " + games);
            return new FrozenMoment("f1", "s1", 812);
        }

        @Override
        public Duration longestFreeze() {
            return Duration.ofSeconds(30);
        }

        @Override
        public void thaw(FrozenMoment frozen) {
            calls.add("thaw");
        }

        @Override
        public String startSession(String note) {
            calls.add(note);
            return "s2";
        }

        @Override
        public void close() {
            calls.add("closed");
        }
    }

    private List<Snapshots.Place> places() {
        return List.of(
                new Snapshots.Place(
                        "game1",
                        List.of("env"),
                        directory.resolve("game1"),
                        directory.resolve("game1.screen")));
    }

    /** The game runs unless it was ended, and again once it is restored. */
    private Snapshots.ProcessLists groups() {
        return new Snapshots.ProcessLists() {
            @Override
            public List<Long> in(Path group) {
                boolean there =
                        !Files.exists(directory.resolve("ended"))
                                || Files.exists(directory.resolve("restored"));
                return group.endsWith("game1") && there ? List.of(game.pid()) : List.of();
            }

            @Override
            public Optional<Long> parent(long process) {
                return Optional.of(1L);
            }

            @Override
            public void move(long process, Path group) {
                throw new AssertionError("it has no screen");
            }
        };
    }

    private static SnapshotWish take(String id, Instant askedAt) {
        return new SnapshotWish(id, askedAt, new SnapshotWish.Act.Take("menu"));
    }

    private SnapshotNews last(SnapshotNews.State state) {
        await().until(() ->
                news.getLast().outcome().filter(outcome -> outcome.state() == state).isPresent());
        return news.getLast();
    }

    @Test
    void aWishIsCarriedOutOnceHoweverOftenItIsHeard() {
        desk.onWish(take("w", NOW));
        desk.onWish(take("w", NOW));

        SnapshotNews done = last(SnapshotNews.State.DONE);
        desk.onWish(take("w", NOW));

        assertThat(done.snapshots()).extracting(SnapshotManifest::name).containsExactly("menu");
        assertThat(done.refusal()).isEmpty();
        assertThat(calls).containsExactly("freeze [game1]", "thaw", "closed");
        assertThat(news)
                .extracting(each -> each.outcome().map(SnapshotNews.Outcome::state))
                .containsExactly(
                        Optional.empty(),
                        Optional.of(SnapshotNews.State.RUNNING),
                        Optional.of(SnapshotNews.State.DONE));
    }

    @Test
    void aWishFromBeforeTheDeskWasThereIsLeftAlone() {
        desk.onWish(take("old", NOW.minusMillis(1)));
        desk.onWish(take("new", NOW));

        last(SnapshotNews.State.DONE);

        assertThat(news)
                .flatExtracting(
                        each -> each.outcome().map(SnapshotNews.Outcome::wish).stream().toList())
                .containsOnly("new");
    }

    @Test
    void whereTheMachineCannotTheNewsHasTheReasonAndAWishIsRefused() throws Exception {
        Files.createFile(directory.resolve("no"));

        desk.onWish(take("w", NOW));

        SnapshotNews refused = last(SnapshotNews.State.REFUSED);
        assertThat(refused.refusal())
                .contains("'criu check' fails here (exit status 1): Error: no CAP");
        assertThat(refused.outcome())
                .map(SnapshotNews.Outcome::detail)
                .isEqualTo(refused.refusal());
        assertThat(calls).containsExactly("closed");
    }

    @Test
    void whatFailsIsSaidWithWhatCriuSays() throws Exception {
        Files.createFile(directory.resolve("fails"));

        desk.onWish(take("w", NOW));

        SnapshotNews failed = last(SnapshotNews.State.FAILED);
        assertThat(failed.outcome().orElseThrow().detail()).contains("game1", "no memory");
        assertThat(failed.snapshots()).isEmpty();
        assertThat(calls).contains("thaw");
    }

    @Test
    void aRestoreSaysWhichSessionItHasBegun() throws Exception {
        desk.onWish(take("w", NOW));
        last(SnapshotNews.State.DONE);
        Files.createFile(directory.resolve("ended"));

        desk.onWish(new SnapshotWish("r", NOW, new SnapshotWish.Act.Restore("menu")));

        await().until(() ->
                news.getLast()
                        .outcome()
                        .map(SnapshotNews.Outcome::session)
                        .orElse("")
                        .equals("s2"));
        assertThat(calls).contains("Restored from snapshot menu: session s1, No. 812");
    }

    @Test
    void whatTheCommandTakesMeanwhileIsSaidToo() throws Exception {
        Snapshots command = new Snapshots(criu, shelf, new NotedLab(), groups(), () -> NOW);
        SnapshotManifest taken = command.take("by-command", "default", places());

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(news.getLast().snapshots()).containsExactly(taken));
    }
}
