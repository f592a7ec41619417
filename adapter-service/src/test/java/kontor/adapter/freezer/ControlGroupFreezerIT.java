package kontor.adapter.freezer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control-group driver against the kernel's own freezer where this machine lets a test make a
 * group, else against a directory that the test serves; the log says which it was.
 */
@Timeout(120)
final class ControlGroupFreezerIT {

    private static final Logger log = LoggerFactory.getLogger(ControlGroupFreezerIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path directory;

    @Nested
    final class VersionOne extends FreezerContract {

        @Override
        Game newGame() throws Exception {
            return onBestGround(ControlGroup.Version.V1);
        }
    }

    @Nested
    final class VersionTwo extends FreezerContract {

        @Override
        Game newGame() throws Exception {
            return onBestGround(ControlGroup.Version.V2);
        }
    }

    @Nested
    final class VersionOneServedByTheTest extends FreezerContract {

        @Override
        Game newGame() throws Exception {
            return new ServedControlGroup(ControlGroup.Version.V1, directory, PATIENCE);
        }
    }

    @Nested
    final class VersionTwoServedByTheTest extends FreezerContract {

        @Override
        Game newGame() throws Exception {
            return new ServedControlGroup(ControlGroup.Version.V2, directory, PATIENCE);
        }
    }

    @Test
    void anOrdinaryDirectoryIsNoControlGroup() {
        assertThatThrownBy(() -> new ControlGroupFreezer(directory, PATIENCE).freeze())
                .isInstanceOf(FreezeException.class)
                .hasMessageContaining("neither cgroup.freeze nor freezer.state");
    }

    @Test
    void anEmptyGroupIsNoFrozenGame() throws Exception {
        Files.writeString(directory.resolve("freezer.state"), "THAWED");
        Files.writeString(directory.resolve("cgroup.procs"), "");
        assertThatThrownBy(() -> new ControlGroupFreezer(directory, PATIENCE).freeze())
                .hasMessageContaining("is empty");
    }

    @Test
    void theAdapterDoesNotFreezeItself() throws Exception {
        Files.writeString(directory.resolve("freezer.state"), "THAWED");
        Path below = Files.createDirectory(directory.resolve("below"));
        Files.writeString(below.resolve("cgroup.procs"), ProcessHandle.current().pid() + "\n");
        assertThatThrownBy(() -> new ControlGroupFreezer(directory, PATIENCE).freeze())
                .hasMessageContaining("holds the adapter itself");
        assertThat(directory.resolve("freezer.state")).hasContent("THAWED");
    }

    @Test
    void aGroupThatDoesNotFreezeInTimeIsThawedAgain() throws Exception {
        Files.writeString(directory.resolve("cgroup.freeze"), "0");
        Files.writeString(directory.resolve("cgroup.events"), "populated 1\nfrozen 0\n");
        Files.writeString(directory.resolve("cgroup.procs"), "4194305\n");
        Freezer freezer = new ControlGroupFreezer(directory, Duration.ofMillis(1));
        assertThatThrownBy(freezer::freeze).hasMessageContaining("does not freeze within");
        assertThat(directory.resolve("cgroup.freeze")).hasContent("0");
    }

    private FreezerContract.Game onBestGround(ControlGroup.Version version) throws Exception {
        Optional<ControlGroup> real = ControlGroup.make(version);
        log.info(
                "{}: {}",
                version,
                real.isPresent() ? "the kernel's own" : "served by the test: no group can be made");
        return real.isPresent()
                ? real.get().game(directory, PATIENCE)
                : new ServedControlGroup(version, directory, PATIENCE);
    }
}
