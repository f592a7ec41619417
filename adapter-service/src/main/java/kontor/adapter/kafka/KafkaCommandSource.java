package kontor.adapter.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the command topics of this process's instances for their {@link CommandFeed}s. Before that
 * it looks at what earlier runs were told: the owners of then, but for the newest, are not obeyed.
 *
 * <p>Its thread waits for the broker as long as it takes. A feed that has enough is not read
 * meanwhile, and one that ended no more; the others are.
 */
final class KafkaCommandSource {

    private static final Logger log = LoggerFactory.getLogger(KafkaCommandSource.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration OFFSET_PATIENCE = Duration.ofSeconds(5);

    /**
     * More than a displaced owner can send behind the fence of its successor until it notices: what
     * it has in flight and one poll of packets, each to all instances.
     */
    private static final long LOOKED_BACK = 5_000;

    private final Consumer<String, byte[]> consumer;
    private final Thread thread = new Thread(this::run, "kontor-commands");
    private final CountDownLatch stop = new CountDownLatch(1);

    /** Complete when the thread starts; then only on that. */
    private final Map<TopicPartition, CommandFeed> feeds = new LinkedHashMap<>();

    /** Only on our thread: those of {@link #feeds} that have enough. */
    private final Set<TopicPartition> paused = new HashSet<>();

    /** Only with the lock. */
    private boolean closed;

    /**
     * @param consumer belongs to this object from now on
     */
    KafkaCommandSource(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /** A feed that begins with the {@link #start}. */
    CommandFeed feed(RunIdentity identity, int mostBatches, CommandFeed.Sink sink) {
        if (thread.getState() != Thread.State.NEW) {
            throw new IllegalStateException("commands are being read already");
        }
        CommandFeed feed = new CommandFeed(identity, mostBatches, sink, this::wakeUp);
        feeds.put(feed.topic(), feed);
        return feed;
    }

    void start() {
        thread.start();
    }

    /** Ends the thread, if it was started, and waits for that. */
    void stop() throws InterruptedException {
        stop.countDown();
        // Not by an interrupt, with which the client could not close in order.
        wakeUp();
        thread.join();
        close();
    }

    private synchronized void wakeUp() {
        if (!closed) {
            consumer.wakeup();
        }
    }

    private synchronized void close() {
        if (!closed) {
            closed = true;
            consumer.close();
        }
    }

    private void run() {
        try {
            if (position()) {
                while (stop.getCount() > 0 && !feeds.isEmpty()) {
                    read();
                }
            }
        } catch (InterruptException | InterruptedException e) {
            log.debug("Reading commands ends", e);
        } catch (RuntimeException e) {
            log.error("Unexpected error in the command reader (bug)", e);
            feeds.values().forEach(feed -> feed.halt(e));
        } finally {
            close();
        }
    }

    /** False if it was stopped before it knew. */
    private boolean position() throws InterruptedException {
        while (stop.getCount() > 0) {
            try {
                lookBack();
                return true;
            } catch (WakeupException e) {
                log.debug("Stopped before commands were read", e);
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                log.warn(
                        "Could not read the ends of {}; retrying in 1 s: {}",
                        feeds.keySet(),
                        e.getMessage());
            }
            boolean _ = stop.await(1, TimeUnit.SECONDS);
        }
        return false;
    }

    /** Reads what earlier runs were told, up to the ends of now, with which the feeds begin. */
    private void lookBack() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(feeds.keySet(), OFFSET_PATIENCE);
        Map<TopicPartition, Long> beginnings =
                consumer.beginningOffsets(feeds.keySet(), OFFSET_PATIENCE);
        consumer.assign(feeds.keySet());
        ends.forEach((topic, end) ->
                consumer.seek(
                        topic, Math.max(beginnings.getOrDefault(topic, 0L), end - LOOKED_BACK)));
        Map<TopicPartition, Long> epochs = new HashMap<>();
        while (!haveReached(ends)) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            ends.forEach((topic, end) -> {
                for (ConsumerRecord<String, byte[]> record : records.records(topic)) {
                    if (record.offset() < end) {
                        epochs.merge(topic, feed(topic).epochOf(record), Math::max);
                    }
                }
            });
        }
        ends.forEach((topic, end) -> {
            consumer.seek(topic, end);
            feed(topic).begin(end, epochs.getOrDefault(topic, 0L));
        });
    }

    private boolean haveReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(
                        end -> consumer.position(end.getKey(), OFFSET_PATIENCE) >= end.getValue());
    }

    private void read() {
        try {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            for (TopicPartition topic : records.partitions()) {
                feed(topic).handOver(records.records(topic));
            }
        } catch (WakeupException e) {
            log.trace("A feed takes commands again, or it is the end", e);
        } catch (InvalidOffsetException e) {
            e.partitions().forEach(topic -> feed(topic).halt(e));
        }
        leaveEnded();
        feeds.forEach(this::holdOrResume);
    }

    /** That of a topic that is assigned. */
    private CommandFeed feed(TopicPartition topic) {
        return requireNonNull(feeds.get(topic));
    }

    private void leaveEnded() {
        if (feeds.values().removeIf(feed -> !feed.isOpen())) {
            paused.retainAll(feeds.keySet());
            consumer.assign(feeds.keySet());
        }
    }

    private void holdOrResume(TopicPartition topic, CommandFeed feed) {
        if (feed.isFull()) {
            if (paused.add(topic)) {
                consumer.pause(Set.of(topic));
            }
        } else if (paused.remove(topic)) {
            consumer.resume(Set.of(topic));
        }
    }
}
