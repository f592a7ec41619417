package kontor.adapter.kafka;

import java.time.Duration;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that sends until all is acknowledged, so that nobody else waits for the broker. Where
 * the producer gives up, which it does on nothing that time can mend, a new one begins again with
 * the oldest that is not acknowledged: some may then stand in the topic twice.
 */
final class TenaciousSender {

    private static final Logger log = LoggerFactory.getLogger(TenaciousSender.class);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    /** What is to be sent; called on the sender's thread, again with each client. */
    interface Load {

        /**
         * Sends what is not acknowledged, then what comes, until the end or the client's failure.
         *
         * @return true if the end has come and all is acknowledged
         */
        boolean sendWith(SendingClient client) throws InterruptedException;
    }

    private final String what;
    private final SharedProducer producer;
    private final Load load;
    private final Thread thread;

    /**
     * @param what is sent, as the log calls it
     */
    TenaciousSender(InstanceName instance, String what, SharedProducer producer, Load load) {
        this.what = what;
        this.producer = producer;
        this.load = load;
        this.thread = new Thread(this::run, "kontor-%s-%s".formatted(what, instance));
    }

    void start() {
        thread.start();
    }

    /**
     * Waits for the end, but not for longer than this, and ends the thread.
     *
     * @return false if something was not acknowledged in time
     */
    boolean finish(Duration patience) throws InterruptedException {
        if (!thread.isAlive() || thread.join(patience)) {
            return true;
        }
        thread.interrupt();
        thread.join();
        return false;
    }

    private void run() {
        try {
            while (!sendWithNewClient()) {
                // A client that failed for good would fail again at once.
                Thread.sleep(RESTART_PAUSE);
            }
        } catch (InterruptedException | InterruptException e) {
            log.debug("Interrupted while sending {}", what, e);
        }
    }

    private boolean sendWithNewClient() throws InterruptedException {
        SendingClient client = producer.client();
        try {
            boolean sent = load.sendWith(client);
            Exception failure = client.failure();
            if (!sent && failure != null) {
                log.error("Broker refused {}; sending again", what, failure);
                producer.fail(client, failure);
            }
            return sent;
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            log.error("Kafka producer for {} failed; sending again with a new one", what, e);
            producer.fail(client, e);
            return false;
        } finally {
            producer.release(client);
        }
    }
}
