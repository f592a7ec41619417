package kontor.adapter.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import kontor.adapter.relay.Command;
import kontor.commands.v1.AdapterCommand;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands for one run, in order, from the end that its topic has at the start, until the feed
 * is stopped or halts. Policy: HALT, at a record that cannot be read or a position that is gone;
 * other feeds go on.
 */
public final class CommandFeed {

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

    private static final Logger log = LoggerFactory.getLogger(CommandFeed.class);

    private final String lab;
    private final TopicPartition topic;
    private final int mostBatches;
    private final Sink sink;
    private final Runnable onRelief;

    private final CompletableFuture<Long> positioned = new CompletableFuture<>();
    private final AtomicInteger batches = new AtomicInteger();

    /** Only with the lock, and then no more commands are handed over. */
    private boolean ended;

    /**
     * @param mostBatches handed over and not taken
     * @param onRelief called when, after so many, another one may be handed over
     */
    CommandFeed(RunIdentity identity, int mostBatches, Sink sink, Runnable onRelief) {
        this.lab = identity.lab().value();
        this.topic = new TopicPartition(Topics.commands(identity.instance()), 0);
        this.mostBatches = mostBatches;
        this.sink = sink;
        this.onRelief = onRelief;
    }

    /** Completes with the offset from which commands are read, once that is known. */
    public CompletableFuture<Long> positioned() {
        return positioned;
    }

    /** From its return on no commands are handed over; those read by then are forgotten. */
    public synchronized void stop() {
        ended = true;
    }

    TopicPartition topic() {
        return topic;
    }

    /** Neither stopped nor halted. */
    synchronized boolean isOpen() {
        return !ended;
    }

    /** Whether the sink has enough for now. */
    boolean isFull() {
        return batches.get() >= mostBatches;
    }

    /**
     * Commands begin at an offset.
     *
     * @param epoch of the newest owner that spoke to an earlier run of the instance; 0 for none
     */
    void begin(long offset, long epoch) {
        sink.fenced(epoch);
        log.info(
                "Reading commands from {} at offset {}; owners before epoch {} are not obeyed",
                topic,
                offset,
                epoch);
        positioned.complete(offset);
    }

    /** That of a command for an earlier run. What cannot be read has halted that run. */
    long epochOf(ConsumerRecord<String, byte[]> record) {
        try {
            AdapterCommand message = Records.adapterCommand(record);
            return message.getLab().equals(lab) ? message.getOwnerEpoch() : 0;
        } catch (UndecodableRecordException e) {
            log.warn("Command for an earlier run is unreadable and is skipped: {}", e.getMessage());
            return 0;
        }
    }

    synchronized void handOver(List<ConsumerRecord<String, byte[]>> records) {
        if (ended) {
            return;
        }
        try {
            List<Command> commands = commands(records);
            batches.incrementAndGet();
            sink.submit(commands, this::taken);
        } catch (RuntimeException e) {
            halt(e);
        }
    }

    private List<Command> commands(List<ConsumerRecord<String, byte[]>> records) {
        List<Command> commands = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            AdapterCommand message = Records.adapterCommand(record);
            // The epochs of another lab, an import for instance, say nothing about this one's.
            if (message.getLab().equals(lab)) {
                commands.add(CommandDecoder.decode(message));
            }
        }
        return commands;
    }

    private void taken() {
        if (batches.getAndDecrement() == mostBatches) {
            onRelief.run();
        }
    }

    synchronized void halt(RuntimeException cause) {
        if (!ended) {
            ended = true;
            log.error("{} cannot be read; no further command is carried out", topic, cause);
            sink.halted("commands cannot be read: " + cause.getMessage());
        }
    }
}
