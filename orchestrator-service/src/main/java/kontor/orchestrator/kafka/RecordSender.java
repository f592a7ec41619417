package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Sends without waiting, as far as the window allows. The first record that fails stops all that
 * would follow it.
 *
 * <p>Used by one thread.
 */
final class RecordSender {

    private final Producer<String, byte[]> producer;
    private final SendWindow window;
    private final Runnable onFailure;

    /**
     * @param onFailure called by the producer's thread when a record could not be sent
     */
    RecordSender(Producer<String, byte[]> producer, SendWindow window, Runnable onFailure) {
        this.producer = producer;
        this.window = window;
        this.onFailure = onFailure;
    }

    /**
     * Blocks only where the window is full.
     *
     * @throws SendWindow.SendFailedException where an earlier record failed; nothing is sent then
     */
    void send(ProducerRecord<String, byte[]> record) throws InterruptedException {
        long ticket = window.take();
        // Its outcome comes by the callback.
        Future<RecordMetadata> _ =
                producer.send(
                        record,
                        (_, failure) -> {
                            if (failure == null) {
                                window.acknowledge(ticket);
                            } else {
                                window.fail(failure);
                                onFailure.run();
                            }
                        });
    }

    /**
     * Blocks until the broker has the record.
     *
     * @return its offset
     */
    long sendAndWait(ProducerRecord<String, byte[]> record) throws InterruptedException {
        try {
            return producer.send(record).get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException(record.topic() + " did not take a record", e.getCause());
        }
    }

    void requireNoFailure() {
        window.requireNoFailure();
    }

    /** Blocks until the broker has all. */
    void awaitAll() throws InterruptedException {
        window.awaitAll();
    }

    /** How many records were sent. */
    long sent() {
        return window.taken();
    }

    /** Whether the broker has the first {@code records} that were sent; for any thread. */
    boolean isAcknowledged(long records) {
        return window.isAcknowledged(records);
    }

    int inFlight() {
        return window.inFlight();
    }

    /** What the broker has not taken in time is given up: folding the log makes good for it. */
    void close(Duration patience) {
        producer.close(patience);
    }
}
