package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import kontor.orchestrator.ownership.SendWindow;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends without waiting, as far as the {@link SendWindow} allows. The first record that fails stops
 * all that would follow it.
 *
 * <p>Used by one thread, except {@link #isAcknowledged}; acknowledgements come on the producer's.
 */
public final class RecordSender {

    private final Producer<String, byte[]> producer;
    private final Runnable onFailure;

    /** Guarded by this. */
    private final SendWindow window;

    private @Nullable Exception failure;

    /** A record did not reach the broker: the owner's state is ahead of the log. */
    public static final class SendFailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SendFailedException(Exception cause) {
            super("a record could not be sent: " + cause.getMessage(), cause);
        }
    }

    /**
     * @param onFailure called by the producer's thread when a record could not be sent
     */
    public RecordSender(Producer<String, byte[]> producer, SendWindow window, Runnable onFailure) {
        this.producer = producer;
        this.window = window;
        this.onFailure = onFailure;
    }

    /**
     * Blocks only where the window is full.
     *
     * @throws SendFailedException if an earlier record failed; nothing is sent then
     */
    public void send(ProducerRecord<String, byte[]> record) throws InterruptedException {
        long ticket = take();
        // Its outcome comes by the callback.
        Future<RecordMetadata> _ =
                producer.send(
                        record,
                        (_, cause) -> {
                            if (cause == null) {
                                acknowledge(ticket);
                            } else {
                                fail(cause);
                                onFailure.run();
                            }
                        });
    }

    private synchronized long take() throws InterruptedException {
        while (failure == null && window.isFull()) {
            wait();
        }
        requireNoFailure();
        return window.take();
    }

    private synchronized void acknowledge(long ticket) {
        window.acknowledge(ticket);
        notifyAll();
    }

    private synchronized void fail(Exception cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    /**
     * Blocks until the broker has the record.
     *
     * @return its offset
     */
    public long sendAndWait(ProducerRecord<String, byte[]> record) throws InterruptedException {
        try {
            return producer.send(record).get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException(record.topic() + " did not take a record", e.getCause());
        }
    }

    /**
     * @throws SendFailedException if a record failed
     */
    public synchronized void requireNoFailure() {
        if (failure != null) {
            throw new SendFailedException(failure);
        }
    }

    /** Blocks until the broker has all. */
    public synchronized void awaitAll() throws InterruptedException {
        while (failure == null && !window.isEmpty()) {
            wait();
        }
        requireNoFailure();
    }

    /** Whether the broker has the first {@code records} that were sent; for any thread. */
    public synchronized boolean isAcknowledged(long records) {
        return failure == null && window.isAcknowledged(records);
    }

    /** What the broker has not taken in time is given up: folding the log makes good for it. */
    public void close(Duration patience) {
        producer.close(patience);
    }
}
