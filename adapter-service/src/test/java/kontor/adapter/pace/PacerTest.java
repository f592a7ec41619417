package kontor.adapter.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import kontor.adapter.capture.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schedule in virtual time: what is offered when, and what a game's socket makes of it. */
final class PacerTest {

    private static final Endpoint GAME = new Endpoint(InetAddress.ofLiteral("127.1.0.1"), 2350);
    private static final Endpoint OTHER = new Endpoint(InetAddress.ofLiteral("127.1.0.1"), 2351);
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final Pacer<Integer> pacer = new Pacer<>(PaceBounds.DEFAULT);

    @ParameterizedTest(name = "{0} a second of {1} bytes")
    @CsvSource({"50, 200", "625, 200", "1000, 60", "2500, 1000", "5000, 1000", "10, 60000"})
    void whatComesAsItWasCapturedLeavesAtOnce(int perSecond, int bytes) {
        for (int i = 0; i < 3 * perSecond; i++) {
            long micros = 1_000_000L * (i + 1) / perSecond;
            assertThat(pacer.offer(GAME, i, bytes, micros, 1000 * micros))
                    .as("datagram %d", i)
                    .isTrue();
        }
        assertThat(pacer.dueInNanos(3 * SECOND)).isEqualTo(OptionalLong.empty());
    }

    @ParameterizedTest(name = "{0} s of {1} a second of {2} bytes, read every {3} ms")
    @CsvSource({
        "2, 625, 200, 50",
        "4, 150, 100, 50",
        "2, 400, 1000, 50",
        "3, 50, 1472, 50",
        "1, 2500, 1000, 8"
    })
    void whatWaitedThroughAHiccupHasRoomInTheBufferOfAGameThatReadsNowAndThen(
            int seconds, int perSecond, int bytes, int readEveryMillis) {
        Game game = new Game();
        int waited = seconds * perSecond;
        for (int i = 0; i < waited; i++) {
            long micros = 1 + 1_000_000L * i / perSecond;
            offer(game, i, bytes, micros, seconds * SECOND);
        }
        long from = seconds * SECOND;
        for (long millis = 0; millis < 4000L * seconds; millis++) {
            pacer.release(from + millis * MILLI, number -> game.arrives(number, bytes));
            if (millis % readEveryMillis == readEveryMillis - 1) {
                game.reads();
            }
        }

        assertThat(game.dropped).isZero();
        assertThat(game.received).hasSize(waited).isSorted();
        assertThat(pacer.waiting()).isZero();
    }

    @Test
    void withoutPacingTheSameHiccupIsLostInTheGamesBuffer() {
        Game game = new Game();
        for (int i = 0; i < 1250; i++) {
            game.arrives(i, 200);
        }
        assertThat(game.dropped).as("what the test's game cannot take").isPositive();
    }

    @Test
    void aBacklogLeavesAtTwiceThePaceAtWhichItWasCaptured() {
        // 2,500 a second of 1,000 bytes: 20 Mbit/s, more than the bounds' own pace.
        for (int i = 0; i < 2500; i++) {
            pacer.offer(GAME, i, 1000, 1 + 400L * i, SECOND);
        }
        assertThat(leave(SECOND, SECOND + 100 * MILLI).size()).isBetween(480, 620);
    }

    @Test
    void whatAStalledAdapterReadInOneGoDoesNotLeaveInOneGo() {
        int atOnce = 0;
        for (int i = 0; i < 1000; i++) {
            atOnce += pacer.offer(GAME, i, 1000, 5_000_000 + i, SECOND + 1000L * i) ? 1 : 0;
        }
        assertThat(atOnce).isBetween(30, 60);
        assertThat(leave(SECOND, SECOND + 10 * MILLI)).hasSizeBetween(10, 100);
        leave(SECOND + 10 * MILLI, 2 * SECOND);
        assertThat(pacer.waiting()).isZero();
    }

    @Test
    void howeverMuchWaitsItLeavesWithinSecondsAndNotAtOnce() {
        Game game = new Game();
        for (int i = 0; i < 50_000; i++) {
            offer(game, i, 1000, 1 + 1_000_000L * i, SECOND);
        }
        assertThat(leave(SECOND, SECOND + 10 * MILLI)).hasSizeLessThan(1000);
        leave(SECOND + 10 * MILLI, 8 * SECOND);
        assertThat(pacer.waiting()).isZero();
    }

    @Test
    void oneSocketDoesNotWaitForAnother() {
        for (int i = 0; i < 500; i++) {
            pacer.offer(GAME, i, 1000, 0, SECOND);
        }
        assertThat(pacer.waiting()).isPositive();
        assertThat(pacer.offer(OTHER, 0, 1000, 0, SECOND)).isTrue();
        assertThat(pacer.offer(GAME, 500, 0, 0, SECOND)).as("order").isFalse();
    }

    @Test
    void clocksThatDisagreeDoNotMakeADatagramWait() {
        long now = SECOND;
        for (int i = 0; i < 200; i++) {
            long ahead = i % 2 == 0 ? 3_600_000_000L : 0;
            now += 10 * MILLI;
            assertThat(pacer.offer(GAME, i, 500, ahead + now / 1000, now)).isTrue();
        }
    }

    @Test
    void theLargestDatagramPassesAndSoDoesOneThatIsLargerThanTheBurst() {
        Pacer<Integer> narrow = new Pacer<>(new PaceBounds(2000, 10_000));
        assertThat(narrow.offer(GAME, 1, 65_507, 0, SECOND)).isTrue();
        assertThat(narrow.offer(GAME, 2, 65_507, 0, SECOND)).isFalse();
        List<Integer> left = new ArrayList<>();
        narrow.release(2 * SECOND, left::add);
        assertThat(left).containsExactly(2);
    }

    @Test
    void allThatWaitsCanBeHadAtOnce() {
        for (int i = 0; i < 500; i++) {
            pacer.offer(GAME, i, 1000, 0, SECOND);
        }
        long waiting = pacer.waiting();
        List<Integer> left = new ArrayList<>();
        pacer.releaseAll(left::add);
        assertThat(left).hasSize((int) waiting).isSorted();
        assertThat(pacer.waiting()).isZero();
        assertThat(pacer.dueInNanos(SECOND)).isEmpty();
    }

    @ParameterizedTest(name = "{0} bytes are charged as {1}")
    @CsvSource({"0, 768", "200, 1280", "1000, 2304", "1472, 2304", "4000, 8448", "9000, 16640"})
    void chargesAboutWhatLinuxDoes(int payload, long charged) {
        assertThat(Lane.charge(payload)).isEqualTo(charged);
    }

    private void offer(Game game, int number, int bytes, long micros, long nowNanos) {
        if (pacer.offer(GAME, number, bytes, micros, nowNanos)) {
            game.arrives(number, bytes);
        }
    }

    /** A millisecond at a time, as the edge's timer does. */
    private List<Integer> leave(long from, long until) {
        List<Integer> left = new ArrayList<>();
        for (long now = from; now < until; now += MILLI) {
            pacer.release(now, left::add);
        }
        return left;
    }

    /** A socket with the system's buffer, and a game that reads all there is now and then. */
    private static final class Game {

        private static final long BUFFER = 212_992;

        private final List<Integer> received = new ArrayList<>();
        private final List<Integer> buffered = new ArrayList<>();
        private long bytes;
        private int dropped;

        void arrives(int number, int payloadBytes) {
            if (bytes + Lane.charge(payloadBytes) > BUFFER) {
                dropped++;
            } else {
                bytes += Lane.charge(payloadBytes);
                buffered.add(number);
            }
        }

        void reads() {
            received.addAll(buffered);
            buffered.clear();
            bytes = 0;
        }
    }
}
