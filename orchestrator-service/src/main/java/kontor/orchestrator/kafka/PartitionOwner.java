package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kontor.orchestrator.kafka.OwnerStatus.State;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns one partition of {@code kontor.packets}, on a thread of its own. Whatever goes wrong with
 * Kafka, it forgets its state and folds it anew from the log.
 *
 * <p>Interrupting the thread ends it at once, like a crash: what was on its way is given up.
 */
final class PartitionOwner {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionOwner.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final int partition;
    private final OrchestratorSettings settings;
    private final KafkaClients clients;
    private final SequencerMetrics metrics;
    private final String softwareVersion;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile OwnerStatus status = new OwnerStatus(State.WAITING, "not started");
    private volatile @Nullable Consumer<String, byte[]> input;

    PartitionOwner(
            int partition,
            OrchestratorSettings settings,
            KafkaClients clients,
            SequencerMetrics metrics,
            String softwareVersion) {
        this.partition = partition;
        this.settings = settings;
        this.clients = clients;
        this.metrics = metrics;
        this.softwareVersion = softwareVersion;
        this.thread =
                Thread.ofPlatform().name("kontor-sequencer-" + partition).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    int partition() {
        return partition;
    }

    OwnerStatus status() {
        return status;
    }

    /** Asks the owner to finish what it has begun; returns at once. */
    void stop() {
        stop.countDown();
        wakeUp();
    }

    /** Ends the owner as a crash would; returns at once. */
    void kill() {
        stop.countDown();
        thread.interrupt();
    }

    /**
     * @return whether the thread has ended
     */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void wakeUp() {
        @Nullable Consumer<String, byte[]> consumer = input;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void run() {
        try {
            while (!isStopping()) {
                try {
                    own();
                } catch (OffsetOutOfRangeException e) {
                    // The topic is shorter than what the log has read of it: not the same topic.
                    throw new HaltException(String.valueOf(e.getMessage()), e);
                } catch (SendWindow.SendFailedException | KafkaException e) {
                    rethrowInterrupt(e);
                    status(State.WAITING, String.valueOf(e.getMessage()));
                    LOG.warn(
                            "Partition {} is folded anew in {}: {}",
                            partition,
                            settings.retryAfter(),
                            e.getMessage());
                    pause();
                }
            }
            status(State.STOPPED, "stopped");
        } catch (InterruptedException e) {
            status(State.STOPPED, "interrupted");
            LOG.info("Partition {} was left at once", partition);
        } catch (DisplacedException e) {
            status(State.DISPLACED, String.valueOf(e.getMessage()));
            LOG.warn("Partition {} is no longer owned here: {}", partition, e.getMessage());
        } catch (HaltException e) {
            status(State.HALTED, String.valueOf(e.getMessage()));
            LOG.error("Partition {} HALTED, nothing of it is relayed", partition, e);
        } catch (RuntimeException e) {
            status(State.HALTED, e.toString());
            LOG.error("Partition {} HALTED by a fault of this program", partition, e);
        }
    }

    private static void rethrowInterrupt(RuntimeException e) throws InterruptedException {
        if (e instanceof InterruptException) {
            throw new InterruptedException(e.getMessage());
        }
    }

    /** One life: from folding the log to the end of owning. */
    private void own() throws InterruptedException {
        try (Consumer<String, byte[]> consumer =
                clients.inputConsumer("kontor-sequencer-" + partition)) {
            input = consumer;
            if (awaitTopics(consumer)) {
                takeOverAndRelay(consumer);
            }
        } finally {
            input = null;
        }
    }

    private void takeOverAndRelay(Consumer<String, byte[]> consumer) throws InterruptedException {
        status(State.RECOVERING, "folding the session log");
        RecordSender sender =
                new RecordSender(
                        clients.producer("kontor-sequencer-" + partition),
                        new SendWindow(settings.inFlightRecords()),
                        this::wakeUp);
        Duration farewell = Duration.ZERO;
        try {
            SessionLogReader reader =
                    new SessionLogReader(
                            clients.logConsumer("kontor-session-log-" + partition), partition);
            PartitionLog log = takeOver(reader, sender);
            try (ClaimWatcher watcher =
                    new ClaimWatcher(reader, partition, log.epoch(), this::wakeUp)) {
                watcher.start();
                status(State.OWNING, "epoch " + log.epoch());
                new Relay(partition, consumer, sender, log, settings, metrics)
                        .run(() -> {
                            watcher.requireOwnership();
                            return !isStopping();
                        });
            }
            farewell = FAREWELL;
        } catch (HaltException e) {
            farewell = FAREWELL;
            throw e;
        } finally {
            // An interrupt that is still pending would make closing fail.
            boolean interrupted = Thread.interrupted();
            sender.close(interrupted ? Duration.ZERO : farewell);
        }
    }

    private PartitionLog takeOver(SessionLogReader reader, RecordSender sender)
            throws InterruptedException {
        Takeover.Owner owner = new Takeover.Owner(UUID.randomUUID().toString(), softwareVersion);
        boolean done = false;
        try {
            PartitionLog log =
                    new Takeover(partition, settings, owner, metrics).perform(reader, sender);
            done = true;
            return log;
        } finally {
            if (!done) {
                reader.close();
            }
        }
    }

    /**
     * Blocks until the topics are there.
     *
     * @return false where it was told to stop
     */
    private boolean awaitTopics(Consumer<String, byte[]> consumer) throws InterruptedException {
        while (!isStopping()) {
            List<String> missing = new ArrayList<>();
            try {
                for (String topic :
                        List.of(Topics.PACKETS, Topics.SESSION_EVENTS, Topics.CONTROL)) {
                    if (consumer.partitionsFor(topic, settings.retryAfter()).size() <= partition) {
                        missing.add(topic + "-" + partition);
                    }
                }
            } catch (TimeoutException e) {
                LOG.debug("the broker does not answer", e);
                missing.add("Kafka at " + settings.kafkaServers());
            }
            if (missing.isEmpty()) {
                return true;
            }
            status(State.WAITING, "for " + missing);
            LOG.info("Partition {} waits for {}", partition, missing);
            pause();
        }
        return false;
    }

    private void pause() throws InterruptedException {
        boolean _ = stop.await(settings.retryAfter().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void status(State state, String detail) {
        status = new OwnerStatus(state, detail);
    }
}
