package kontor.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kontor.orchestrator.ownership.SendWindow;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class RecordSenderTest {

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(
                    false,
                    new RoundRobinPartitioner(),
                    new StringSerializer(),
                    new ByteArraySerializer());
    private final RecordSender sender = new RecordSender(producer, new SendWindow(2), () -> {});

    @Test
    void waitsForTheEldestWhenTheWindowIsFull() throws InterruptedException {
        sender.send(record());
        sender.send(record());
        Thread third = Thread.ofPlatform().start(this::sendOneMore);
        Awaitility.await().until(() -> third.getState() == Thread.State.WAITING);
        assertThat(producer.history()).hasSize(2);
        assertThat(sender.isAcknowledged(1)).isFalse();

        producer.completeNext();
        third.join();
        assertThat(producer.history()).hasSize(3);
        assertThat(sender.isAcknowledged(1)).isTrue();

        producer.flush();
        sender.awaitAll();
        assertThat(sender.isAcknowledged(3)).isTrue();
    }

    @Test
    void nothingIsSentBehindAFailure() throws InterruptedException {
        sender.send(record());
        producer.errorNext(new RecordTooLargeException("too large"));

        assertThatThrownBy(() -> sender.send(record()))
                .isInstanceOf(RecordSender.SendFailedException.class)
                .hasMessageContaining("too large");
        assertThatThrownBy(sender::awaitAll).isInstanceOf(RecordSender.SendFailedException.class);
        assertThat(sender.isAcknowledged(1)).isFalse();
        assertThat(producer.history()).hasSize(1);
    }

    private void sendOneMore() {
        try {
            sender.send(record());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProducerRecord<String, byte[]> record() {
        return new ProducerRecord<>("topic", "key", new byte[0]);
    }
}
