package kontor.adapter.kafka;

import java.util.List;
import kontor.topics.RequestPace;

/**
 * The way to the broker and back that all adapters of this process share: one producer, one
 * consumer of commands. Records sent at the same time share a request, and one fetch returns the
 * commands of all.
 */
public final class KafkaLink {

    private final KafkaSettings settings;
    private final SharedProducer producer;
    private final KafkaCommandSource commands;
    private final RequestPace packetPace = new RequestPace();

    /**
     * @param instances whose adapters use it
     */
    public KafkaLink(KafkaSettings settings, List<String> instances) {
        KafkaClients clients = new KafkaClients(settings, instances);
        this.settings = settings;
        this.producer = new SharedProducer(clients::producer);
        this.commands = new KafkaCommandSource(clients.consumer());
    }

    KafkaSettings settings() {
        return settings;
    }

    SharedProducer producer() {
        return producer;
    }

    /** That at which all of them send packets, so that one beat's share a request. */
    RequestPace packetPace() {
        return packetPace;
    }

    /**
     * The commands for a run, to be asked for before the {@link #start}.
     *
     * @throws IllegalStateException if it has begun
     */
    public CommandFeed commandsFor(RunIdentity identity, CommandFeed.Sink sink) {
        return commands.feed(identity, settings.commandBatches(), sink);
    }

    /** Begins to read commands. Sending begins by itself. */
    public void start() {
        commands.start();
    }

    /**
     * Ends what the link has of its own; to be called when all runs have ended. Waits until no more
     * commands are read, not for the broker.
     */
    public void stop() throws InterruptedException {
        commands.stop();
        producer.close();
    }
}
