package kontor.orchestrator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SendWindowTest {

    private final SendWindow window = new SendWindow(3);

    @Test
    void countsFromTheEldestThatIsNotAcknowledged() {
        long first = window.take();
        long second = window.take();
        long third = window.take();
        window.acknowledge(second);
        window.acknowledge(third);
        assertThat(window.inFlight()).isEqualTo(3);
        assertThat(window.isFull()).isTrue();
        assertThat(window.isAcknowledged(1)).isFalse();

        window.acknowledge(first);
        assertThat(window.inFlight()).isZero();
        assertThat(window.isFull()).isFalse();
        assertThat(window.isEmpty()).isTrue();
        assertThat(window.isAcknowledged(3)).isTrue();
    }

    @Test
    void isFullByItsEldestAlone() {
        long first = window.take();
        window.acknowledge(window.take());
        assertThat(window.isFull()).isFalse();
        window.acknowledge(window.take());
        assertThat(window.isFull()).isTrue();
        window.acknowledge(first);
        assertThat(window.taken()).isEqualTo(3);
        assertThat(window.isEmpty()).isTrue();
    }
}
