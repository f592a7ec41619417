package kontor.adapter.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The producer with which everything of this process is sent, so that what is sent at the same time
 * shares a request. Where it fails for one sender it ends for all of them, at once: what was given
 * to it behind the failed record must not reach the broker before that is sent again. Each sender
 * then begins again with its oldest that is not acknowledged, by the next producer.
 */
final class SharedProducer {

    private final Supplier<Producer<String, byte[]>> producers;

    // Both only with the lock; clients are those of the producer of now.
    private @Nullable Producer<String, byte[]> producer;
    private final List<SendingClient> clients = new ArrayList<>();

    /**
     * @param producers makes the first, and one for each that ended
     */
    SharedProducer(Supplier<Producer<String, byte[]>> producers) {
        this.producers = producers;
    }

    /** One sender's client, on the producer of now. Makes that if there is none. */
    synchronized SendingClient client() {
        if (producer == null) {
            producer = producers.get();
        }
        SendingClient client = new SendingClient(producer);
        clients.add(client);
        return client;
    }

    /**
     * Releases the client of a sender that has ended, which receives no more acknowledgements. The
     * producer stays open for the others.
     */
    synchronized void release(SendingClient client) {
        clients.remove(client);
        client.fail(new KafkaException("the sender has ended"));
    }

    /**
     * Closes the client's producer and fails every client on it. Has no effect if that producer is
     * closed already.
     */
    synchronized void fail(SendingClient client, Exception cause) {
        if (clients.contains(client)) {
            end(cause);
        }
    }

    /** Closes the producer without waiting for what is not acknowledged. */
    synchronized void close() {
        end(new KafkaException("the adapter stops"));
    }

    /**
     * Clients know it before the producer is closed; none gets the next one before that has
     * happened.
     */
    private void end(Exception cause) {
        clients.forEach(each -> each.fail(cause));
        clients.clear();
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
