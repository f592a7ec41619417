package kontor.adapter.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ReadWindowTest {

    private static final WindowBounds BOUNDS = new WindowBounds(10, 40, 160, 1_000, 40, 1_000);

    private final ReadWindow window = new ReadWindow(BOUNDS);
    private long nowNanos;
    private long read;

    @Test
    void isOpenUntilTheGameIsAheadByItsSize() {
        read(39);
        assertThat(window.isOpen(true)).isTrue();
        read(1);
        assertThat(window.isOpen(true)).isFalse();
        window.confirm(1, nowNanos);
        assertThat(window.isOpen(true)).isTrue();
    }

    @Test
    void withoutRoomForAllItIsOpenForWhatIsSure() {
        read(19);
        assertThat(window.isOpen(false)).isTrue();
        assertThat(window.excess()).isZero();
        read(1);
        assertThat(window.isOpen(false)).isFalse();
        read(5);
        assertThat(window.excess()).isEqualTo(5);
        window.end();
        assertThat(window.excess()).isZero();
    }

    @Test
    void anEarlierConfirmationChangesNothingAndNoneGoesBeyondWhatWasRead() {
        read(40);
        window.confirm(30, nowNanos);
        window.confirm(20, nowNanos);
        assertThat(window.confirmed()).isEqualTo(30);
        window.confirm(1_000_000, nowNanos);
        assertThat(window.confirmed()).isEqualTo(40);
    }

    @Test
    void growsWhileDeliveryIsQuickAndTheGameIsHeldBack() {
        roundTrips(3, 5, true);
        assertThat(window.size()).isEqualTo(70);
        roundTrips(100, 5, true);
        assertThat(window.size()).isEqualTo(160);
    }

    @Test
    void staysAsItIsWhileItDoesNotHoldTheGameBack() {
        roundTrips(10, 5, false);
        roundTrips(10, 500, false);
        assertThat(window.size()).isEqualTo(40);
    }

    @Test
    void shrinksToWhatIsSureWhenItsBytesOnlyQueue() {
        roundTrips(20, 5, true);
        roundTrips(1, 50, true);
        assertThat(window.size()).isEqualTo(80);
        roundTrips(10, 50, true);
        assertThat(window.size()).isEqualTo(20);
    }

    @Test
    void aLongWayIsNoQueue() {
        roundTrips(3, 300, true);
        assertThat(window.size()).isEqualTo(70);
    }

    @Test
    void aProbeOpensItForAsMuchAsAtFirst() {
        read(40);
        window.probe();
        read(39);
        assertThat(window.isOpen(false)).isTrue();
        read(1);
        assertThat(window.isOpen(true)).isFalse();
    }

    @Test
    void boundsThatCouldLetAFlowStandStillAreRefused() {
        assertThatThrownBy(() -> new WindowBounds(64, 127, 1_000, 1_000, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 64");
    }

    private void read(long bytes) {
        read += bytes;
        window.read(bytes, nowNanos);
    }

    private void roundTrips(int count, long millis, boolean heldBack) {
        for (int i = 0; i < count; i++) {
            read(1);
            if (heldBack) {
                window.heldBack();
            }
            nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
            window.confirm(read, nowNanos);
        }
    }
}
