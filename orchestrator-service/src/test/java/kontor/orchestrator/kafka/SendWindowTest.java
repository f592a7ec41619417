package kontor.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SendWindowTest {

    private final SendWindow window = new SendWindow(3);

    @Test
    void countsFromTheEldestThatIsNotAcknowledged() throws InterruptedException {
        long first = window.take();
        long second = window.take();
        long third = window.take();
        window.acknowledge(second);
        window.acknowledge(third);
        assertThat(window.inFlight()).isEqualTo(3);
        window.acknowledge(first);
        assertThat(window.inFlight()).isZero();
        window.awaitAll();
    }

    @Test
    void waitsForTheEldestWhenFull() throws InterruptedException {
        long first = window.take();
        window.take();
        window.acknowledge(window.take());
        Thread acknowledging = Thread.ofVirtual().start(() -> window.acknowledge(first));
        assertThat(window.take()).isEqualTo(3);
        acknowledging.join();
    }

    @Test
    void nothingIsSentBehindAFailure() throws InterruptedException {
        window.take();
        window.fail(new IllegalStateException("too large"));
        assertThatThrownBy(window::take)
                .isInstanceOf(SendWindow.SendFailedException.class)
                .hasMessageContaining("too large");
        assertThatThrownBy(window::awaitAll).isInstanceOf(SendWindow.SendFailedException.class);
    }
}
