package kontor.gateway.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import kontor.gateway.sampling.Messages;
import kontor.gateway.sampling.Sample;
import kontor.gateway.statistics.TrafficStatistics.Periodic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficFoldTest {

    private static final Sample SAMPLE = new Sample(1L, 2L, 3, true);

    private final TrafficFold fold = new TrafficFold();

    private void add(long sequence, String type, String from, long millis, String hex) {
        fold.add(Messages.message(sequence, type, from, Duration.ofMillis(millis), hex));
    }

    @Test
    void countsByTypeSenderAndSecond() {
        add(4, "VALUES", "game1", 100, "0102");
        add(5, "CHAT", "game2", 900, "010203");
        add(9, "VALUES", "game1", 2100, "01020304");
        TrafficStatistics found = fold.result(SAMPLE);

        assertThat(found.messages()).isEqualTo(3);
        assertThat(found.bytes()).isEqualTo(9);
        assertThat(found.types())
                .containsExactly(
                        new TrafficStatistics.OfType("x642", "VALUES", 2, 6, 2, 4, 4, 9),
                        new TrafficStatistics.OfType("x642", "CHAT", 1, 3, 3, 3, 5, 5));
        assertThat(found.instances())
                .containsExactly(
                        new TrafficStatistics.OfInstance("game1", 2, 6),
                        new TrafficStatistics.OfInstance("game2", 1, 3));
        assertThat(found.directions())
                .contains(new TrafficStatistics.OfDirection("game2", null, 1, 3));
        assertThat(found.seconds().from()).isEqualTo(Messages.BEGIN);
        assertThat(found.seconds().width()).isEqualTo(1);
        assertThat(found.seconds().messages()).containsExactly(2L, 0L, 1L);
        assertThat(found.seconds().bytes()).containsExactly(5L, 0L, 4L);
    }

    /** However long it takes, nothing falls out of the places. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aLongSessionHasWiderPlacesAndLosesNothing(long seed) {
        Random random = new Random(seed);
        long millis = 0;
        int messages = 500 + random.nextInt(1000);
        for (int i = 0; i < messages; i++) {
            millis += random.nextInt(60_000);
            add(i, "VALUES", "game1", millis, "00");
        }
        TrafficStatistics.Seconds seconds = fold.result(SAMPLE).seconds();
        assertThat(seconds.messages()).hasSizeLessThanOrEqualTo(SecondCounts.MOST_PLACES);
        assertThat(seconds.messages().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(messages);
        assertThat((long) seconds.width() * seconds.messages().size())
                .isGreaterThanOrEqualTo(millis / 1000 - 60);
        assertThat(seconds.messages().getLast()).isPositive();
    }

    @Test
    void aMessageThatSaysNothingAtRegularIntervalsIsAHeartbeat() {
        for (long i = 0; i < 12; i++) {
            add(3 * i, "PING", "game1", 22_500 * i + i % 3, "aabb0%x".formatted(i));
            add(3 * i + 1, "STATUS", "game1", 1000 * i, "01".repeat((int) i + 1));
            add(3 * i + 2, "CHAT", "game2", i * i * 700, "00");
        }
        List<Periodic> periodic = fold.result(SAMPLE).periodic();
        assertThat(periodic).extracting(Periodic::type).containsExactly("STATUS", "PING");
        assertThat(periodic.getFirst().heartbeat()).isFalse();
        assertThat(periodic.getLast().heartbeat()).isTrue();
        assertThat(periodic.getLast().period()).isBetween(22.49, 22.51);
        assertThat(periodic.getLast().jitter()).isLessThan(0.01);
        assertThat(periodic.getLast().messages()).isEqualTo(12);
        assertThat(periodic.getLast().last()).isEqualTo(33);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatComesByChanceHasNoRhythm(long seed) {
        Random random = new Random(seed);
        long millis = 0;
        for (int i = 0; i < 400; i++) {
            millis += (long) (-2000 * Math.log(1 - random.nextDouble()));
            add(i, "VALUES", "game1", millis, "00");
        }
        assertThat(fold.result(SAMPLE).periodic()).isEmpty();
    }

    @Test
    void anyNumberOfTypesFindsRoom() {
        for (int i = 0; i < 3 * TrafficFold.MOST_KINDS; i++) {
            add(i, "ACTION_" + i, "game" + i, i, "00");
        }
        TrafficStatistics found = fold.result(SAMPLE);
        assertThat(found.types()).hasSize(TrafficFold.MOST_KINDS + 1);
        assertThat(found.types().getFirst().messages()).isEqualTo(2 * TrafficFold.MOST_KINDS);
        assertThat(found.types().getFirst().type()).isEqualTo("(others)");
        assertThat(found.instances()).hasSize(TrafficFold.MOST_KINDS + 1);
    }
}
