package kontor.adapter.freezer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real signals to a real tree of processes, which forks while it is being stopped. */
@Timeout(120)
final class ProcessTreeFreezerIT extends FreezerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path directory;

    @Override
    Game newGame() throws Exception {
        RealGame game = new RealGame(directory);
        Path pidFile = directory.resolve("game.pid");
        Files.writeString(pidFile, game.root.pid() + "\n");
        return new Game() {

            @Override
            public Freezer newFreezer() {
                return new ProcessTreeFreezer(pidFile, PATIENCE);
            }

            @Override
            public boolean stands() throws Exception {
                var tree = game.tree();
                assertThat(tree).hasSizeGreaterThanOrEqualTo(4);
                return tree.stream().allMatch(ProcessTable::stands);
            }

            @Override
            public void awaitSignOfLife() throws Exception {
                game.awaitSignOfLife();
            }

            @Override
            public void end() throws Exception {
                game.end();
            }
        };
    }

    @Test
    void aNumberThatWasGivenToALaterProcessStopsNobody() throws Exception {
        RealGame other = new RealGame(Files.createDirectory(directory.resolve("other")));
        try {
            Path pidFile = directory.resolve("old.pid");
            Files.writeString(pidFile, Long.toString(other.root.pid()));
            Instant longAgo = Instant.now().minus(Duration.ofHours(1));
            Files.setLastModifiedTime(pidFile, FileTime.from(longAgo));
            assertThatThrownBy(() -> new ProcessTreeFreezer(pidFile, PATIENCE).freeze())
                    .isInstanceOf(FreezeException.class)
                    .hasMessageContaining("it is another one");
            other.awaitSignOfLife();
        } finally {
            other.end();
        }
    }

    @Test
    void theAdapterDoesNotStopItself() throws Exception {
        Path pidFile = directory.resolve("own.pid");
        Files.writeString(pidFile, Long.toString(ProcessHandle.current().pid()));
        assertThatThrownBy(() -> new ProcessTreeFreezer(pidFile, PATIENCE).freeze())
                .isInstanceOf(FreezeException.class)
                .hasMessageContaining("the adapter itself");
    }

    @Test
    void whatIsWrongWithThePidFileIsSaid() throws Exception {
        Path pidFile = directory.resolve("wrong.pid");
        assertThatThrownBy(() -> new ProcessTreeFreezer(pidFile, PATIENCE).freeze())
                .hasMessageContaining("cannot be read");
        Files.writeString(pidFile, "four");
        assertThatThrownBy(() -> new ProcessTreeFreezer(pidFile, PATIENCE).freeze())
                .hasMessageContaining("holds no process number");
    }
}
