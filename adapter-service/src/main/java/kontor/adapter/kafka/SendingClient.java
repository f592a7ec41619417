package kontor.adapter.kafka;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One sender's use of a producer: until that fails for the first time, for this sender or another.
 * What is acknowledged afterwards does not count, so that what counts is always the beginning of
 * what was sent.
 */
final class SendingClient {

    private final Producer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    SendingClient(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Waits for nothing but room. Both are called on a thread of the producer.
     *
     * @param onAcknowledged receives the time that the record has in its topic
     * @param onFailure called on this thread where the producer has ended by now
     */
    // The answer comes to the callback.
    @SuppressWarnings("FutureReturnValueIgnored")
    void send(
            ProducerRecord<String, byte[]> record,
            LongConsumer onAcknowledged,
            Runnable onFailure) {
        if (hasFailed()) {
            onFailure.run();
            return;
        }
        try {
            producer.send(
                    record,
                    (metadata, exception) -> {
                        if (exception != null) {
                            fail(exception);
                            onFailure.run();
                        } else if (!hasFailed()) {
                            onAcknowledged.accept(metadata.timestamp());
                        }
                    });
        } catch (IllegalStateException e) {
            if (!hasFailed()) {
                throw e;
            }
            // Another sender's failure closed it just now.
            onFailure.run();
        }
    }

    void fail(Exception cause) {
        failure.compareAndSet(null, cause);
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    /** The first; null if it has not failed. */
    @Nullable Exception failure() {
        return failure.get();
    }

    /** Waits until the broker has answered to all; true if it acknowledged all. */
    boolean flush() {
        producer.flush();
        return !hasFailed();
    }
}
