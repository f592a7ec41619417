package kontor.adapter.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DropCounterTest {

    private final DropCounter counter = new DropCounter();

    @Test
    void tellsWhatCameSinceTheLastReading() {
        assertThat(counter.more(0)).isZero();
        assertThat(counter.more(7)).isEqualTo(7);
        assertThat(counter.more(7)).isZero();
        assertThat(counter.more(9)).isEqualTo(2);
    }

    @Test
    void goesOnBehindTheEndOfItsNumbers() {
        assertThat(counter.more(4_294_967_290L)).isEqualTo(4_294_967_290L);
        assertThat(counter.more(4)).isEqualTo(10);
    }
}
