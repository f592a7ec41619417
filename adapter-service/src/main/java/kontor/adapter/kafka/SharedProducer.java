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
     * The sender needs it no longer, and hears of no acknowledgement from now on; others go on with
     * the producer.
     */
    synchronized void release(SendingClient client) {
        clients.remove(client);
        client.fail(new KafkaException("the sender has ended"));
    }

    /**
     * Ends the client's producer and fails all clients that it has. Does nothing if it has ended.
     */
    void fail(SendingClient client, Exception cause) {
        Producer<String, byte[]> failed;
        synchronized (this) {
            if (!clients.contains(client)) {
                return;
            }
            failed = takeAway(cause);
        }
        if (failed != null) {
            failed.close(Duration.ZERO);
        }
    }

    /** Whatever has not been acknowledged is not waited for. */
    void close() {
        Producer<String, byte[]> last;
        synchronized (this) {
            last = takeAway(new KafkaException("the adapter stops"));
        }
        if (last != null) {
            last.close(Duration.ZERO);
        }
    }

    /** Only with the lock. Clients know it before the producer is closed. */
    private @Nullable Producer<String, byte[]> takeAway(Exception cause) {
        Producer<String, byte[]> taken = producer;
        producer = null;
        clients.forEach(each -> each.fail(cause));
        clients.clear();
        return taken;
    }
}
