package kontor.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RingTest {

    private final Ring<Long> ring = new Ring<>(3, 0);

    @Test
    void givesWhatIsAboveItsFloorAndSendsTheRestToTheDatabase() {
        LongStream.rangeClosed(1, 5).forEach(n -> ring.append(n, n));

        assertThat(ring.floor()).isEqualTo(2);
        assertThat(ring.read(2, 9, 9)).isEmpty();
        assertThat(ring.read(3, 9, 9)).hasValue(List.of(3L, 4L, 5L));
        assertThat(ring.read(4, 4, 9)).hasValue(List.of(4L));
        assertThat(ring.read(3, 9, 2)).hasValue(List.of(3L, 4L));
        assertThat(ring.read(6, 9, 9)).hasValue(List.of());
    }

    @Test
    void keepsNoMoreThanItsCapacityHoweverMuchCame() {
        LongStream.rangeClosed(1, 1000).forEach(n -> ring.append(n, n));

        assertThat(ring.read(998, 2000, 99)).hasValue(List.of(998L, 999L, 1000L));
        assertThat(ring.floor()).isEqualTo(997);
    }

    @Test
    void keepsSeveralEntriesOfOneSequenceInTheirOrder() {
        ring.append(1, 10L);
        ring.append(1, 11L);
        ring.append(2, 20L);

        assertThat(ring.read(1, 1, 9)).hasValue(List.of(10L, 11L));
    }

    @Test
    void knowsNothingOfWhatCameBeforeItStartedAnew() {
        ring.append(1, 1L);
        ring.restartAt(7);
        ring.append(8, 8L);

        assertThat(ring.read(7, 9, 9)).isEmpty();
        assertThat(ring.read(8, 9, 9)).hasValue(List.of(8L));
    }

    @Test
    void refusesToGoBack() {
        ring.append(5, 5L);

        assertThatThrownBy(() -> ring.append(4, 4L)).isInstanceOf(IllegalArgumentException.class);
    }
}
