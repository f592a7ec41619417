package kontor.adapter.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokerClockTest {

    private static final long NOW = 1_795_936_310_065_000L;

    private final BrokerClock clock = new BrokerClock();

    @Test
    void aBrokerThatIsThreeSecondsAheadIsFoundWithinHalfOfWhatARecordTakes() {
        clock.onAcknowledged(NOW / 1000, NOW / 1000 + 3_005, NOW, NOW + 10_000);

        assertThat(clock.offset()).contains(new ClockOffset(3_000_500, 5_500));
    }

    @Test
    void theRecordThatTookLeastCounts() {
        clock.onAcknowledged(NOW / 1000, NOW / 1000 + 90, NOW, NOW + 100_000);
        clock.onAcknowledged(NOW / 1000, NOW / 1000 + 1, NOW, NOW + 2_000);
        clock.onAcknowledged(NOW / 1000, NOW / 1000 + 40, NOW, NOW + 50_000);

        assertThat(clock.offset()).contains(new ClockOffset(500, 1_500));
    }

    @Test
    void aTopicThatKeepsTheSendersTimeTellsNothing() {
        for (int second = 0; second < 100; second++) {
            long sent = NOW + second * 1_000_000L;
            clock.onAcknowledged(sent / 1000, sent / 1000, sent, sent + 5_000);
        }

        assertThat(clock.offset()).isEmpty();
    }

    @Test
    void aClockThatWasSetIsKnownAgainAfterTenRecords() {
        clock.onAcknowledged(NOW / 1000, NOW / 1000 + 1, NOW, NOW + 1_000);
        for (int second = 0; second < 10; second++) {
            clock.onAcknowledged(NOW / 1000, NOW / 1000 - 60_000, NOW, NOW + 8_000);
        }

        assertThat(clock.offset().orElseThrow().aheadMicros()).isEqualTo(-60_003_500);
    }

    @Test
    void aRecordThatWasAcknowledgedBeforeItWasSentIsLeftOut() {
        clock.onAcknowledged(NOW / 1000, NOW / 1000 + 1, NOW, NOW - 1_000_000);

        assertThat(clock.offset()).isEmpty();
    }

    /** Whatever the way there and back take, and wherever between two milliseconds it is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theTrueOffsetIsNeverFurtherAwayThanIsSaid(long seed) {
        Random random = new Random(seed);
        long ahead = random.nextLong(-10_000_000, 10_000_000);
        for (int record = 0; record < 1_000; record++) {
            long sent = NOW + record * 1_000_000L + random.nextLong(1_000);
            long arrived = sent + random.nextLong(50_000);
            long acknowledged = arrived + random.nextLong(50_000);
            clock.onAcknowledged(
                    sent / 1000, Math.floorDiv(arrived + ahead, 1000), sent, acknowledged);

            clock.offset()
                    .ifPresent(offset ->
                            assertThat(Math.abs(offset.aheadMicros() - ahead))
                                    .isLessThanOrEqualTo(offset.uncertaintyMicros()));
        }
        assertThat(clock.offset()).isPresent();
    }
}
