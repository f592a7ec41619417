package kontor.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kontor.database.WriteBehind;
import kontor.journal.ledger.Effect;
import kontor.journal.ledger.Ledger;
import kontor.journal.ledger.LogEntry;
import kontor.topics.Topics;
import kontor.vocabulary.SessionId;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes what the topics bring and writes it, batch by batch, each with its positions in one
 * transaction: every record is in effect in the tables once, whenever this is stopped or killed,
 * and even with a second journal beside it. While one batch is written, the next is read.
 *
 * <p>Every failure is a restart: connections and all that is in memory are thrown away, and it goes
 * on from the positions in the tables. So nothing piles up while the database is away. It tries
 * again for ever. A record that cannot be read, a log that is shorter than what was journalled, or
 * a bug halts it, after all before that was written: then it says so, and tries again after ever
 * longer pauses, for the cause may pass (a process of a newer version may read the record; an
 * operator may make the log anew).
 */
final class Journal implements Runnable {

    static final List<String> TOPICS = List.of(Topics.SESSION_EVENTS, Topics.RECEIPTS);

    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final PostgresJournal tables;
    private final Supplier<KafkaLog> kafka;
    private final JournalSettings settings;
    private final JournalStatus status;
    private final JournalMeters meters;
    private final Notices notices;
    private final SessionEventReader events = new SessionEventReader();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable KafkaLog open;
    private final LostRecords lost;
    private boolean migrated;
    private boolean toldOfAnother;
    private boolean unreadable;
    private int failures;

    /** What is being written, or is written and not shown yet. */
    private @Nullable Batch underWay;

    /**
     * @param kafka opens the topics; what it gives is closed here
     */
    Journal(
            PostgresJournal tables,
            Supplier<KafkaLog> kafka,
            JournalSettings settings,
            JournalStatus status,
            JournalMeters meters) {
        this.tables = tables;
        this.kafka = kafka;
        this.settings = settings;
        this.status = status;
        this.meters = meters;
        this.notices = new Notices(meters);
        this.lost = new LostRecords(settings.recheckPause());
    }

    /** Journals until stopped. Once only. */
    @Override
    public void run() {
        while (!stopping()) {
            try {
                goOn();
            } catch (JournalHaltedException e) {
                halted(String.valueOf(e.getMessage()));
            } catch (PositionMovedException e) {
                otherJournal(e);
            } catch (DataAccessException | TransactionException | FlywayException e) {
                failed(e, () -> status.waitingForDatabase(reason(e)));
            } catch (KafkaException e) {
                failed(e, () -> status.waitingForKafka(reason(e)));
            } catch (RuntimeException e) {
                unexpected(e);
            }
        }
        status.stopped();
    }

    /** Ends {@link #run} after the batch at hand; from any thread, at once. */
    void stop() {
        stop.countDown();
        KafkaLog reading = open;
        if (reading != null) {
            reading.wakeup();
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void goOn() {
        if (!migrated) {
            tables.migrate();
            migrated = true;
        }
        try (KafkaLog topics = kafka.get();
                WriteBehind writing = new WriteBehind("kontor-journal-store")) {
            open = topics;
            underWay = null;
            Map<Position.Partition, Position> positions = positions(topics);
            topics.goOnAt(positions);
            if (!unreadable) {
                status.running(new TreeMap<>(positions).toString());
            }
            Ledger ledger = new Ledger(settings.rememberedSessions(), epochs(positions));
            while (!stopping()) {
                ConsumerRecords<String, byte[]> records = topics.poll(settings.pollTimeout());
                if (records.isEmpty()) {
                    settle(writing, topics);
                } else {
                    write(BatchReader.read(records, events), positions, ledger, topics, writing);
                }
                meters.lag(topics.lag() + (underWay == null ? 0 : underWay.records()));
            }
            settle(writing, topics);
        } finally {
            open = null;
        }
    }

    /**
     * Where the tables say, made whole by what the topics say. The tables are asked first: another
     * journal may write meanwhile, and the topics' ends can only be ahead of what it has written.
     */
    private Map<Position.Partition, Position> positions(KafkaLog topics) {
        Map<Position.Partition, UUID> partitions = topics.partitions();
        Map<Position.Partition, Position> known = tables.positions();
        Map<Position.Partition, KafkaLog.Range> ranges = topics.ranges(partitions.keySet());
        if (lost.isSuspected(partitions, known, ranges)) {
            ranges = recheck(topics, partitions, known);
        }
        lost.require(partitions, known, ranges);
        for (Map.Entry<Position.Partition, UUID> partition : partitions.entrySet()) {
            KafkaLog.Range range =
                    ranges.getOrDefault(partition.getKey(), new KafkaLog.Range(0, 0));
            Position begin =
                    beginning(
                            partition.getKey(),
                            partition.getValue(),
                            known.get(partition.getKey()),
                            range);
            if (begin != null) {
                tables.begin(partition.getKey(), begin);
            }
        }
        Map<Position.Partition, Position> positions = new HashMap<>(tables.positions());
        positions.keySet().retainAll(partitions.keySet());
        return positions;
    }

    /** A broker that has just come back may not know its ends yet: it is asked again before. */
    private Map<Position.Partition, KafkaLog.Range> recheck(
            KafkaLog topics,
            Map<Position.Partition, UUID> partitions,
            Map<Position.Partition, Position> known) {
        Map<Position.Partition, KafkaLog.Range> ranges = topics.ranges(partitions.keySet());
        for (int again = 1; again < LostRecords.RECHECKS && !stopping(); again++) {
            if (!lost.isSuspected(partitions, known, ranges)) {
                break;
            }
            await(lost.recheckPause());
            ranges = topics.ranges(partitions.keySet());
        }
        return ranges;
    }

    /** The position to be put; null where the one in the tables holds. */
    private static @Nullable Position beginning(
            Position.Partition partition,
            UUID topicId,
            @Nullable Position known,
            KafkaLog.Range range) {
        if (known != null && !known.topicId().equals(topicId)) {
            log.warn("{} was re-created; journalling it from its beginning", partition);
        }
        Position wanted =
                known == null || !known.topicId().equals(topicId)
                        ? Position.beginning(topicId)
                        : known;
        if (wanted.nextOffset() < range.beginning()) {
            log.error(
                    "{} begins at offset {}; {} records were deleted before they were journalled"
                            + " and are missing in the database",
                    partition,
                    range.beginning(),
                    range.beginning() - wanted.nextOffset());
            return new Position(topicId, range.beginning(), wanted.ownerEpoch());
        }
        return wanted.equals(known) ? null : wanted;
    }

    private static Map<Integer, Long> epochs(Map<Position.Partition, Position> positions) {
        Map<Integer, Long> epochs = new HashMap<>();
        positions.forEach((partition, position) -> {
            if (partition.topic().equals(Topics.SESSION_EVENTS)) {
                epochs.put(partition.number(), position.ownerEpoch());
            }
        });
        return epochs;
    }

    private void write(
            BatchReader.Contents contents,
            Map<Position.Partition, Position> positions,
            Ledger ledger,
            KafkaLog topics,
            WriteBehind writing) {
        Set<SessionId> unknown = ledger.unknownIn(contents.entries());
        if (!unknown.isEmpty()) {
            // What is being written may be of one that was forgotten just now.
            settle(writing, topics);
            tables.recall(unknown).forEach(ledger::recall);
        }
        Batch batch = new Batch();
        List<Effect.Notice> noticed = new ArrayList<>();
        for (LogEntry entry : contents.entries()) {
            for (Effect effect : ledger.on(entry)) {
                switch (effect) {
                    case Effect.Write write -> batch.add(write, entry);
                    case Effect.Notice notice -> noticed.add(notice);
                }
            }
        }
        contents.receipts().forEach(batch::add);
        contents.nextOffsets()
                .forEach((partition, next) -> move(partition, next, positions, ledger, batch));
        if (!batch.moves().isEmpty()) {
            settle(writing, topics);
            writing.begin(() -> write(batch, noticed));
            underWay = batch;
            ledger.forgetBeyondBound();
        }
        if (contents.halt() != null) {
            settle(writing, topics);
            unreadable = true;
            throw contents.halt();
        }
        if (unreadable) {
            settle(writing, topics);
            unreadable = false;
            status.running(new TreeMap<>(positions).toString());
        }
    }

    /** On the writing thread. */
    private void write(Batch batch, List<Effect.Notice> noticed) {
        long rows = tables.write(batch);
        meters.add(JournalMetric.BATCHES, 1);
        meters.add(JournalMetric.ROWS, rows);
        noticed.forEach(notices::tell);
    }

    /** Waits until what was read is written, and throws what kept it from that. */
    private void settle(WriteBehind writing, KafkaLog topics) {
        writing.settle();
        Batch written = underWay;
        if (written != null) {
            underWay = null;
            failures = 0;
            topics.show(written.moves());
        }
    }

    private static void move(
            Position.Partition partition,
            long next,
            Map<Position.Partition, Position> positions,
            Ledger ledger,
            Batch batch) {
        Position from = positions.getOrDefault(partition, Position.beginning(new UUID(0, 0)));
        long epoch =
                partition.topic().equals(Topics.SESSION_EVENTS)
                        ? ledger.epochOf(partition.number())
                        : 0;
        batch.move(partition, new Batch.Move(from.nextOffset(), next, epoch));
        positions.put(partition, new Position(from.topicId(), next, epoch));
    }

    /** So it is while a successor starts beside this process. */
    private void otherJournal(PositionMovedException moved) {
        if (!toldOfAnother) {
            log.info(
                    "Another journal has written meanwhile; resuming from its position: {}",
                    moved.getMessage());
            toldOfAnother = true;
        }
        pause();
    }

    private void failed(RuntimeException failure, Runnable enterPhase) {
        // A wakeup, or what an interrupt broke, is the stop itself.
        if (!stopping()) {
            meters.add(JournalMetric.FAILURES, 1);
            enterPhase.run();
            log.debug("Journal failed", failure);
            pause();
        }
    }

    private void unexpected(RuntimeException bug) {
        // An interrupt that ended a wait is the stop itself, too.
        if (!stopping()) {
            log.error("Unexpected error in the journal (bug); nothing is lost, retrying", bug);
            halted("unexpected error (bug): " + bug);
        }
    }

    /** Needs a person's attention; the journal keeps retrying by itself. */
    private void halted(String reason) {
        if (!stopping()) {
            meters.add(JournalMetric.FAILURES, 1);
            status.halted(reason);
            await(backOff(settings.maxHaltedBackOff()));
        }
    }

    private void pause() {
        await(backOff(settings.maxBackOff()));
    }

    private Duration backOff(Duration longest) {
        Duration doubled = settings.minBackOff().multipliedBy(1L << Math.min(failures, 16));
        failures++;
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    private void await(Duration pause) {
        try {
            boolean _ = stop.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            stop.countDown();
            Thread.currentThread().interrupt();
        }
    }

    /** The innermost cause in one line: that is where the driver says what is wrong. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.lines().findFirst().orElse(cause.toString());
    }
}
