package kontor.adapter.freezer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.Observation.FreezeFailed;
import kontor.adapter.capture.Observation.GameFrozen;
import kontor.adapter.capture.Observation.GameThawed;
import kontor.adapter.capture.ThawCause;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The keeper's own thread and a real mark file; the game is a fake. */
@Timeout(60)
final class FreezeKeeperIT {

    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir private Path directory;

    private final FakeGame game = new FakeGame();
    private final LinkedBlockingQueue<Observation> observed = new LinkedBlockingQueue<>();
    private FreezeKeeper keeper;

    @BeforeEach
    void make() {
        keeper = newKeeper();
    }

    @AfterEach
    void stop() throws Exception {
        game.stuck = null;
        keeper.stop(LONG);
    }

    @Test
    void theMarkIsThereForAsLongAsTheGameIsFrozen() throws Exception {
        start();
        keeper.freeze("a", 600_000);
        assertThat(next(GameFrozen.class).method()).isEqualTo("fake");
        assertThat(mark()).exists();
        assertThat(game.frozen).isTrue();
        keeper.thaw("a");
        assertThat(next(GameThawed.class).cause()).isEqualTo(ThawCause.COMMAND);
        assertThat(mark()).doesNotExist();
        assertThat(game.frozen).isFalse();
        assertThat(keeper.status().holder()).isEmpty();
    }

    @Test
    void aGameThatNobodyThawsThawsByItself() throws Exception {
        start();
        keeper.freeze("a", 1);
        next(GameFrozen.class);
        assertThat(next(GameThawed.class).cause()).isEqualTo(ThawCause.TIMEOUT);
        assertThat(game.frozen).isFalse();
    }

    @Test
    void theEndOfTheAdapterThawsBeforeItReturns() throws Exception {
        start();
        keeper.freeze("a", 600_000);
        next(GameFrozen.class);
        keeper.stop(LONG);
        assertThat(game.frozen).isFalse();
        assertThat(next(GameThawed.class).cause()).isEqualTo(ThawCause.ADAPTER_STOPPED);
        assertThat(mark()).doesNotExist();
    }

    @Test
    void theNextLifeThawsWhatAKilledOneLeftFrozenAndSaysSoOnceItMay() throws Exception {
        new FreezeMark(mark()).set(new FreezeMark.Note("a", 1_000_000));
        game.frozen = true;
        keeper.recover();
        assertThat(game.frozen).as("before anything else is started").isFalse();
        assertThat(observed).isEmpty();
        keeper.start();
        GameThawed thawed = next(GameThawed.class);
        assertThat(thawed.freezeId()).isEqualTo("a");
        assertThat(thawed.cause()).isEqualTo(ThawCause.ADAPTER_STOPPED);
        assertThat(thawed.frozenMicros()).isGreaterThan(1_000_000);
        assertThat(mark()).doesNotExist();
    }

    @Test
    void aMarkThatCannotBeReadThawsToo() throws Exception {
        Files.writeString(mark(), "nonsense");
        game.frozen = true;
        start();
        assertThat(next(GameThawed.class).freezeId()).isEmpty();
        assertThat(game.frozen).isFalse();
        assertThat(mark()).doesNotExist();
    }

    @Test
    void theMarkNamesTheFreezeThatTookOver() throws Exception {
        start();
        keeper.freeze("a", 600_000);
        next(GameFrozen.class);
        long since = note().sinceMicros();
        keeper.freeze("b", 600_000);
        assertThat(next(GameFrozen.class).freezeId()).isEqualTo("b");
        assertThat(note()).isEqualTo(new FreezeMark.Note("b", since));
    }

    @Test
    void withoutAMarkNothingIsFrozen() throws Exception {
        Files.writeString(directory.resolve("file"), "");
        keeper =
                new FreezeKeeper(
                        new InstanceName("game1"),
                        game,
                        new FreezeMark(directory.resolve("file/mark")),
                        LONG,
                        observed::add);
        keeper.start();
        keeper.freeze("a", 600_000);
        assertThat(next(FreezeFailed.class).detail()).contains("cannot be marked");
        assertThat(game.frozen).isFalse();
    }

    @Test
    void aFailedFreezeLeavesNoMark() throws Exception {
        game.there = false;
        start();
        keeper.freeze("a", 600_000);
        assertThat(next(FreezeFailed.class).detail()).isEqualTo("no such game");
        assertThat(mark()).doesNotExist();
    }

    @Test
    void aThawIsTriedUntilItSucceedsAndTheMarkStaysSoLong() throws Exception {
        start();
        keeper.freeze("a", 600_000);
        next(GameFrozen.class);
        game.stuck = "stuck";
        keeper.thaw("a");
        keeper.freeze("b", 600_000);
        assertThat(next(FreezeFailed.class).freezeId()).isEqualTo("b");
        assertThat(mark()).exists();
        game.stuck = null;
        assertThat(next(GameThawed.class).freezeId()).isEqualTo("a");
        assertThat(mark()).doesNotExist();
    }

    @Test
    void whatFindsTheQueueFullIsRefusedAndSaid() throws Exception {
        for (int order = 0; order < 64; order++) {
            keeper.thaw("a");
        }
        keeper.freeze("b", 600_000);
        assertThat(next(FreezeFailed.class))
                .isEqualTo(new FreezeFailed("b", "too many orders wait"));
        assertThat(keeper.status().refused()).isEqualTo(1);
    }

    private void start() {
        keeper.recover();
        keeper.start();
    }

    private FreezeKeeper newKeeper() {
        return new FreezeKeeper(
                new InstanceName("game1"), game, new FreezeMark(mark()), LONG, observed::add);
    }

    private Path mark() {
        return directory.resolve("game.frozen");
    }

    private FreezeMark.Note note() throws IOException {
        return new FreezeMark(mark()).read().orElseThrow();
    }

    private <T extends Observation> T next(Class<T> kind) throws InterruptedException {
        Observation next = observed.poll(30, SECONDS);
        assertThat(next).isInstanceOf(kind);
        return kind.cast(next);
    }
}
