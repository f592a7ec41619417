package kontor.adapter.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kontor.adapter.relay.Command;
import kontor.commands.v1.AdapterCommand;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads this instance's command topic, from the end that it has at the start, and hands the
 * commands over in order. Policy: HALT, at a record that cannot be read or a position that is gone.
 * Before that it looks at what earlier runs were told: the owners of then, but for the newest, are
 * not obeyed.
 *
 * <p>Its thread waits for the broker as long as it takes, and for the sink when that has enough.
 */
public final class KafkaCommandSource {

    /** Takes commands; must not block. */
    public interface Sink {

        /** Owners with lower epochs were displaced before this run began; before any command. */
        void fenced(long epoch);

        /**
         * @param taken to be called when the last of them has been taken
         */
        void submit(List<Command> commands, Runnable taken);

        /** No more commands will come. */
        void halted(String reason);
    }

    private static final Logger log = LoggerFactory.getLogger(KafkaCommandSource.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration END_OFFSET_PATIENCE = Duration.ofSeconds(5);

    /**
     * More than a displaced owner can send behind the fence of its successor until it notices: what
     * it has in flight and one poll of packets, each to all instances.
     */
    private static final long LOOKED_BACK = 5_000;

    private final String lab;
    private final TopicPartition topic;
    private final Consumer<String, byte[]> consumer;
    private final Sink sink;
    private final Semaphore batches;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CompletableFuture<Long> positioned = new CompletableFuture<>();

    public KafkaCommandSource(KafkaSettings settings, RunIdentity identity, Sink sink) {
        String instance = identity.instance().value();
        this.topic = new TopicPartition(Topics.commands(identity.instance()), 0);
        this.lab = identity.lab().value();
        this.consumer = new KafkaClients(settings, instance).consumer("commands");
        this.sink = sink;
        this.batches = new Semaphore(settings.commandBatches());
        this.thread = new Thread(this::run, "kontor-commands-" + instance);
    }

    public void start() {
        thread.start();
    }

    /** Completes with the offset from which commands are read, once that is known. */
    public CompletableFuture<Long> positioned() {
        return positioned;
    }

    /** Ends the thread and waits for that; commands read but not handed over are not. */
    public void stop() throws InterruptedException {
        stop.countDown();
        // Not by an interrupt, with which the client could not close in order.
        consumer.wakeup();
        batches.release();
        thread.join();
    }

    private void run() {
        try (consumer) {
            if (position()) {
                while (stop.getCount() > 0) {
                    handOver();
                }
            }
        } catch (WakeupException | InterruptException | InterruptedException e) {
            log.debug("Reading commands ends", e);
        } catch (RuntimeException e) {
            log.error(
                    "Unexpected error in the command reader (bug); no further command is carried"
                            + " out",
                    e);
            sink.halted("commands cannot be read: " + e.getMessage());
        }
    }

    /** False if it was stopped before it knew. */
    private boolean position() throws InterruptedException {
        consumer.assign(List.of(topic));
        while (stop.getCount() > 0) {
            try {
                Long end = consumer.endOffsets(List.of(topic), END_OFFSET_PATIENCE).get(topic);
                if (end != null) {
                    long epoch = newestEpoch(end);
                    sink.fenced(epoch);
                    consumer.seek(topic, end);
                    log.info(
                            "Reading commands from {} at offset {}; owners before epoch {} are not"
                                    + " obeyed",
                            topic,
                            end,
                            epoch);
                    positioned.complete(end);
                    return true;
                }
            } catch (WakeupException | InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                log.warn(
                        "Could not read the end of {}; retrying in 1 s: {}",
                        topic.topic(),
                        e.getMessage());
            }
            if (stop.await(1, TimeUnit.SECONDS)) {
                return false;
            }
        }
        return false;
    }

    /** That of the newest owner that spoke to an earlier run of the instance; 0 for none. */
    private long newestEpoch(long end) {
        Long beginning = consumer.beginningOffsets(List.of(topic), END_OFFSET_PATIENCE).get(topic);
        long from = Math.max(beginning == null ? 0 : beginning, end - LOOKED_BACK);
        if (from >= end) {
            return 0;
        }
        consumer.seek(topic, from);
        long newest = 0;
        while (consumer.position(topic, END_OFFSET_PATIENCE) < end) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                newest = Math.max(newest, epochOf(record));
            }
        }
        return newest;
    }

    /** What cannot be read was for another run, which has halted at it. */
    private long epochOf(ConsumerRecord<String, byte[]> record) {
        try {
            AdapterCommand message = Records.adapterCommand(record);
            return message.getLab().equals(lab) ? message.getOwnerEpoch() : 0;
        } catch (UndecodableRecordException e) {
            log.warn("Command for an earlier run is unreadable and is skipped: {}", e.getMessage());
            return 0;
        }
    }

    private void handOver() throws InterruptedException {
        var records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        List<Command> commands = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            AdapterCommand message = Records.adapterCommand(record);
            // The epochs of another lab, an import for instance, say nothing about this one's.
            if (message.getLab().equals(lab)) {
                commands.add(CommandDecoder.decode(message));
            }
        }
        batches.acquire();
        if (stop.getCount() > 0) {
            sink.submit(commands, batches::release);
        }
    }
}
