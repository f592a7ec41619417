package kontor.adapter.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeliveryTest {

    @Test
    void theWayIsMeasuredFromTheCaptureAndItsSecondHalfFromTheSequencing() {
        Delivery delivery = new Delivery(1_000_000, 1_000_700, 1_001_900);

        assertThat(delivery.sinceCapture()).contains(Duration.ofNanos(1_900_000));
        assertThat(delivery.sinceSequencing()).contains(Duration.ofNanos(1_200_000));
    }

    @Test
    void whatNobodySaidIsNotMeasured() {
        Delivery delivery = new Delivery(0, 0, 1_001_900);

        assertThat(delivery.sinceCapture()).isEmpty();
        assertThat(delivery.sinceSequencing()).isEmpty();
    }

    @Test
    void clocksThatDisagreeDoNotMakeAWayShorterThanNothing() {
        assertThat(new Delivery(0, 1_000_700, 1_000_000).sinceSequencing()).contains(Duration.ZERO);
    }
}
