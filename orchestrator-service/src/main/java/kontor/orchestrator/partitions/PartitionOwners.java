package kontor.orchestrator.partitions;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import kontor.orchestrator.kafka.KafkaClients;
import kontor.orchestrator.settings.OrchestratorSettings;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes an owner for each partition that this process is to own, as soon as Kafka tells how many
 * there are. They fold their logs while the application is being put together, start once it is
 * complete, and stop with it.
 */
final class PartitionOwners implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionOwners.class);
    private static final Duration FAREWELL = Duration.ofSeconds(8);

    private final OrchestratorSettings settings;
    private final KafkaClients clients;
    private final IntFunction<PartitionOwner> makeOwner;
    private final List<PartitionOwner> owners = new CopyOnWriteArrayList<>();
    private volatile boolean running;
    private volatile boolean stopped;
    private @Nullable Thread discovery;

    PartitionOwners(
            OrchestratorSettings settings,
            KafkaClients clients,
            IntFunction<PartitionOwner> makeOwner) {
        this.settings = settings;
        this.clients = clients;
        this.makeOwner = makeOwner;
    }

    /** Those that were started; none before Kafka has answered. */
    Collection<PartitionOwner> owners() {
        return owners;
    }

    /** Begins to fold; to be called once. */
    synchronized void prepare() {
        if (!settings.partitions().isEmpty()) {
            new TreeSet<>(settings.partitions()).forEach(this::own);
            return;
        }
        discovery = Thread.ofPlatform().name("kontor-partitions-1").start(this::discover);
    }

    private void discover() {
        try {
            int partitions = 0;
            while (!stopped && partitions == 0) {
                partitions = askForPartitions();
                if (partitions == 0) {
                    LOG.info("Waiting for topic {} at {}", Topics.PACKETS, settings.kafkaServers());
                    Thread.sleep(settings.retryAfter());
                }
            }
            IntStream.range(0, partitions).forEach(this::own);
        } catch (InterruptedException e) {
            LOG.debug("told to stop", e);
        }
    }

    private int askForPartitions() {
        try (Consumer<String, byte[]> consumer = clients.inputConsumer("kontor-partitions")) {
            return consumer.partitionsFor(Topics.PACKETS, settings.retryAfter()).size();
        } catch (KafkaException e) {
            LOG.debug("the broker does not answer", e);
            return 0;
        }
    }

    private synchronized void own(int partition) {
        if (!stopped) {
            PartitionOwner owner = makeOwner.apply(partition);
            owners.add(owner);
            if (running) {
                owner.start();
            } else {
                owner.prepare();
            }
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        owners.forEach(PartitionOwner::start);
    }

    /** Also of an application that never became complete. */
    @Override
    public void stop() {
        synchronized (this) {
            running = false;
            stopped = true;
            if (discovery != null) {
                discovery.interrupt();
            }
            owners.forEach(PartitionOwner::stop);
        }
        try {
            long deadline = System.nanoTime() + FAREWELL.toNanos();
            for (PartitionOwner owner : owners) {
                long left = Math.max(1, deadline - System.nanoTime());
                if (!owner.awaitEnd(Duration.ofNanos(left))) {
                    LOG.warn("Partition {} does not end by itself", owner.partition());
                    owner.kill();
                }
            }
        } catch (InterruptedException e) {
            owners.forEach(PartitionOwner::kill);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
