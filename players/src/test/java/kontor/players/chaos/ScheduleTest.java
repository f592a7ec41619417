package kontor.players.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {

    private static final List<Schedule.Kind> KINDS =
            Stream.of("database", "broker", "orchestrator", "gateway", "analysis")
                    .flatMap(target ->
                            Deed.USUAL.stream().map(deed -> new Schedule.Kind(target, deed)))
                    .toList();
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(30);

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertThat(Schedule.of(7, FIVE_MINUTES, KINDS))
                .isEqualTo(Schedule.of(7, FIVE_MINUTES, KINDS));
        assertThat(Schedule.of(7, FIVE_MINUTES, KINDS).steps())
                .isNotEqualTo(Schedule.of(8, FIVE_MINUTES, KINDS).steps());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 1602, -9, Long.MAX_VALUE})
    void inFiveMinutesEveryKindHappensFiveTimesWhateverTheSeed(long seed) {
        Schedule schedule = Schedule.of(seed, FIVE_MINUTES, KINDS);

        assertThat(KINDS).allMatch(kind -> schedule.count(kind) == 5);
        assertThat(schedule.steps()).hasSize(75);
    }

    @Test
    void inHalfAMinuteEveryKindHappensOnce() {
        Schedule schedule = Schedule.of(1, SHORT, KINDS);

        assertThat(KINDS).allMatch(kind -> schedule.count(kind) == 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 1602})
    void deedsComeInOrderWithinTheTimeSomeOfThemInPairs(long seed) {
        List<Schedule.Step> steps = Schedule.of(seed, FIVE_MINUTES, KINDS).steps();

        assertThat(steps).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(steps).allMatch(step -> step.at().compareTo(FIVE_MINUTES) < 0);
        assertThat(steps).allMatch(step -> !step.length().isNegative());
        assertThat(pairs(steps)).isNotEmpty().allMatch(pair -> distinctTargets(pair) == 2);
    }

    @Test
    void aTimeTooShortForEveryKindIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.of(1, Duration.ofSeconds(14), KINDS))
                .withMessageContaining("15 kinds");
    }

    private static List<List<Schedule.Step>> pairs(List<Schedule.Step> steps) {
        return IntStream.range(1, steps.size())
                .mapToObj(i -> steps.subList(i - 1, i + 1))
                .filter(pair -> pair.getLast().at().minus(pair.getFirst().at()).toMillis() < 1_000)
                .toList();
    }

    private static long distinctTargets(List<Schedule.Step> steps) {
        return steps.stream().map(step -> step.kind().target()).distinct().count();
    }
}
