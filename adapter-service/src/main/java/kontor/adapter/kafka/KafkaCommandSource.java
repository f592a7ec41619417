package kontor.adapter.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kontor.adapter.relay.Command;
import kontor.topics.Records;
import kontor.topics.Topics;
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
 *
 * <p>Its thread waits for the broker as long as it takes, and for the sink when that has enough.
 */
public final class KafkaCommandSource {

    /** Takes commands; must not block. */
    public interface Sink {

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
        this.consumer = new KafkaClients(settings, instance).consumer("commands");
        this.sink = sink;
        this.batches = new Semaphore(settings.commandBatches());
        this.thread = new Thread(this::run, "kontor-commands-1");
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
                    consumer.seek(topic, end);
                    log.info("Reading commands from {} at offset {}", topic, end);
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

    private void handOver() throws InterruptedException {
        var records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        List<Command> commands = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            commands.add(CommandDecoder.decode(Records.adapterCommand(record)));
        }
        batches.acquire();
        if (stop.getCount() > 0) {
            sink.submit(commands, batches::release);
        }
    }
}
