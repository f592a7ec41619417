package kontor.orchestrator.driving;

import kontor.orchestrator.kafka.CheckpointReader;
import kontor.orchestrator.kafka.KafkaClients;
import kontor.orchestrator.kafka.SessionLogReader;
import kontor.orchestrator.ownership.OwnerInput;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an owner asks for before it follows the log: the newest checkpoint, and the record of
 * the log that confirms it. All with one consumer, which then follows the log.
 *
 * <p>Confined to the owner's thread; each read blocks until the broker has answered.
 */
final class Recall implements AutoCloseable {

    private final KafkaClients clients;
    private final int partition;
    private @Nullable Consumer<String, byte[]> consumer;

    Recall(KafkaClients clients, int partition) {
        this.clients = clients;
        this.partition = partition;
    }

    private Consumer<String, byte[]> consumer() {
        Consumer<String, byte[]> own = consumer;
        if (own == null) {
            own = clients.recallConsumer("kontor-session-log-" + partition);
            consumer = own;
        }
        return own;
    }

    OwnerInput readCheckpoint() throws InterruptedException {
        Consumer<String, byte[]> own = consumer();
        long beginning = SessionLogReader.beginning(own, partition);
        return new OwnerInput.CheckpointRead(
                CheckpointReader.newest(own, partition).orElse(null), beginning);
    }

    OwnerInput readLogAt(long offset) throws InterruptedException {
        return new OwnerInput.LogReadAt(SessionLogReader.at(consumer(), partition, offset));
    }

    /** Hands the consumer over to a reader of the log from {@code offset} on. */
    SessionLogReader follow(long offset) {
        SessionLogReader reader = SessionLogReader.withControl(consumer(), partition, offset);
        consumer = null;
        return reader;
    }

    @Override
    public void close() {
        Consumer<String, byte[]> own = consumer;
        if (own != null) {
            own.close();
        }
    }
}
