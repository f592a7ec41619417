package kontor.analysis.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import kontor.analysis.analyzer.AnalyzerRegistry;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.kafka.ResultRecords.Outcome;
import kontor.analysis.kafka.SessionEventReader.Read;
import kontor.analysis.runtime.AnalysisMeter;
import kontor.analysis.runtime.AnalysisMeters;
import kontor.analysis.runtime.AnalysisSettings;
import kontor.analysis.sandbox.LoadedAnalyzers;
import kontor.analysis.sessions.Effect;
import kontor.analysis.sessions.OpenSession;
import kontor.analysis.sessions.PartitionFold;
import kontor.analysis.state.SessionStates;
import kontor.analysis.state.StateChange;
import kontor.analysis.store.AnalysisStore;
import kontor.analysis.store.Batch;
import kontor.analysis.store.BatchWriter;
import kontor.analysis.store.Position;
import kontor.analysis.user.UserAnalyzers;
import kontor.analysis.v1.AnalysisResult;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log from the stored positions on. A step folds what a poll brought and sends the
 * results to Kafka; while the next step does so, the broker's word is waited for, and then rows and
 * positions are stored in one transaction: a result is in Kafka at least once, in the database
 * exactly once.
 *
 * <p>A partition is read from the first record of its oldest session that still runs, since what a
 * message is depends on what was said before; up to the stored position this changes nothing
 * outside. Used by one thread; after an exception it is of no more use.
 */
final class LogFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);

    private static final String TOPIC = Topics.SESSION_EVENTS;

    /** Events whose results of another version are stored and announced first. */
    private static final int TAKEN_OVER_FIRST = 500;

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final ResultRecords results;
    private final AnalyzerRegistry registry;
    private final AnalysisStore store;
    private final BatchWriter writer;
    private final AnalysisMeters meters;
    private final LoadedAnalyzers loaded;
    private final AnalyzerNews news;
    private final Map<Integer, Followed> partitions = new HashMap<>();

    /** The users' analyzers that each partition works with. */
    private final Map<Integer, UserAnalyzers> used = new HashMap<>();

    /**
     * @param storedUpTo what is before this offset has had its effects
     */
    private record Followed(PartitionFold fold, SessionStates states, long storedUpTo) {}

    LogFollower(
            Consumer<String, byte[]> consumer,
            Producer<String, byte[]> producer,
            AnalysisSettings settings,
            AnalyzerRegistry registry,
            AnalysisStore store,
            AnalysisMeters meters,
            LoadedAnalyzers loaded) {
        this.loaded = loaded;
        this.news = new AnalyzerNews(loaded, store, producer, Clock.systemUTC());
        this.consumer = consumer;
        this.producer = producer;
        this.results = new ResultRecords(settings.resultLimit().toBytes());
        this.registry = registry;
        this.store = store;
        this.writer = new BatchWriter(store);
        this.meters = meters;
    }

    /** Takes all partitions of the log and goes to where each is to be read from. */
    void assign() {
        List<PartitionInfo> found = consumer.partitionsFor(TOPIC);
        if (found == null || found.isEmpty()) {
            throw new KafkaException("there is no topic " + TOPIC + " yet");
        }
        List<TopicPartition> all =
                found.stream().map(p -> new TopicPartition(TOPIC, p.partition())).toList();
        consumer.assign(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
        for (TopicPartition partition : all) {
            follow(
                    partition,
                    beginnings.getOrDefault(partition, 0L),
                    ends.getOrDefault(partition, 0L));
        }
    }

    private void follow(TopicPartition partition, long beginning, long end) {
        int number = partition.partition();
        Position stored =
                store.position(TOPIC, number).orElse(new Position(TOPIC, number, beginning, 0));
        if (stored.nextOffset() > end) {
            LOG.warn(
                    "{} ends at {}, before the stored position {}; the log was replaced, reading it"
                            + " from its beginning",
                    partition,
                    end,
                    stored.nextOffset());
            stored = new Position(TOPIC, number, beginning, 0);
        }
        long start = stored.nextOffset();
        long epoch = stored.epoch();
        List<OpenSession> open = store.openSessions(TOPIC, number);
        if (!open.isEmpty() && open.getFirst().firstOffset() < start) {
            start = open.getFirst().firstOffset();
            epoch = open.getFirst().epoch();
        }
        consumer.seek(partition, start);
        PartitionFold fold = new PartitionFold(registry, writer, epoch, loaded.samples());
        partitions.put(number, new Followed(fold, new SessionStates(), stored.nextOffset()));
        LOG.info(
                "{}: reading from offset {} with {} running sessions; results stored up to {} of"
                        + " {}",
                partition,
                start,
                open.size(),
                stored.nextOffset(),
                end);
    }

    /** Blocks for {@code wait} at most where nothing comes. */
    void step(Duration wait) {
        swapAnalyzers();
        news.tellChanges();
        ConsumerRecords<String, byte[]> records = consumer.poll(wait);
        if (records.isEmpty()) {
            writer.settle();
            meters.lag(0);
            return;
        }
        Step step = new Step();
        for (ConsumerRecord<String, byte[]> entry : records) {
            Followed followed = partitions.get(entry.partition());
            if (followed != null) {
                step.fold(entry, followed);
            }
        }
        List<Future<RecordMetadata>> sent = send(step.found);
        step.store(records, sent);
        meters.lag(records.partitions().stream().mapToLong(this::lagOf).sum());
    }

    /**
     * Puts the users' analyzers that are loaded now to work. A partition that is still being read
     * up to the stored position waits: what it has read by then is dissected again at once.
     */
    private void swapAnalyzers() {
        UserAnalyzers now = loaded.inUse();
        Step step = new Step();
        partitions.forEach((number, followed) -> {
            long position = consumer.position(new TopicPartition(TOPIC, number));
            if (!now.equals(used.get(number)) && position >= followed.storedUpTo) {
                now.current().forEach(store::declare);
                followed.fold.use(now).forEach(effect -> step.take(effect, number));
                used.put(number, now);
            }
        });
        step.swapped.forEach(this::takeOver);
    }

    /** The newest events come first: they are stored and announced while older ones wait. */
    private void takeOver(Effect.Swapped swap) {
        long soFar = 0;
        for (Effect.Swapped part : swap.parts(TAKEN_OVER_FIRST)) {
            List<Future<RecordMetadata>> sent = send(part.found());
            writer.write(
                    () -> confirm(sent),
                    new Batch(
                            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(part)));
            writer.settle();
            soFar += part.found().size();
            news.tell(part, soFar);
        }
    }

    /** Blocks until nothing is being stored any more. */
    @Override
    public void close() {
        writer.close();
    }

    private long lagOf(TopicPartition partition) {
        return consumer.currentLag(partition).orElse(0);
    }

    private List<Future<RecordMetadata>> send(List<Effect.Found> all) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Effect.Found finding : all) {
            switch (results.of(finding)) {
                case Outcome.Whole(AnalysisResult result) ->
                        sent.add(producer.send(Records.of(result)));
                case Outcome.Shortened(AnalysisResult result) -> {
                    meters.count(AnalysisMeter.SHORTENED, 1);
                    sent.add(producer.send(Records.of(result)));
                }
                case Outcome.Withheld() -> {
                    meters.count(AnalysisMeter.WITHHELD, 1);
                    LOG.warn(
                            "Result of {} messages at event {} of session {} exceeds the record"
                                    + " size limit; stored in the database only, not streamed live",
                            finding.messages().size(),
                            finding.sequence(),
                            finding.session());
                }
            }
        }
        return sent;
    }

    /** Waits until the broker has what was sent. */
    private void confirm(List<Future<RecordMetadata>> sent) {
        producer.flush();
        sent.forEach(LogFollower::await);
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("the broker did not take a result", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the broker took a result", e);
        }
    }

    /** What one poll brought. */
    private final class Step {

        private final List<Effect.Found> found = new ArrayList<>();
        private final List<Batch.Told> told = new ArrayList<>();
        private final List<Batch.Opened> opened = new ArrayList<>();
        private final List<Effect.Closed> closed = new ArrayList<>();
        private final List<Effect.Swapped> swapped = new ArrayList<>();

        void fold(ConsumerRecord<String, byte[]> entry, Followed followed) {
            meters.count(AnalysisMeter.RECORDS, 1);
            boolean isNew = entry.offset() >= followed.storedUpTo;
            switch (SessionEventReader.read(entry)) {
                case Read.Known(var known) -> {
                    for (Effect effect : followed.fold.on(known)) {
                        // Known up to here, before and after a restart alike.
                        List<StateChange> changes = followed.states.on(effect);
                        if (isNew) {
                            take(effect, entry.partition());
                            take(effect, changes);
                        }
                    }
                }
                case Read.Undecodable(String reason) -> {
                    if (isNew) {
                        meters.count(AnalysisMeter.UNDECODABLE, 1);
                        LOG.warn("Record set aside, reading continues behind it: {}", reason);
                    }
                }
            }
        }

        private void take(Effect effect, int partition) {
            switch (effect) {
                case Effect.Found finding -> {
                    found.add(finding);
                    count(finding);
                }
                case Effect.Opened(OpenSession session) -> {
                    LOG.info("Session {} of lab {} started", session.id(), session.lab());
                    opened.add(new Batch.Opened(TOPIC, partition, session));
                }
                case Effect.Closed ended -> {
                    LOG.info("Session {} ended", ended.session());
                    closed.add(ended);
                }
                case Effect.Swapped swap -> {
                    LOG.info(
                            "session {}: analyzer {}@{} takes over after event {}; {} earlier"
                                    + " events have results of it",
                            swap.session(),
                            swap.analyzer(),
                            swap.version(),
                            swap.swappedAfter(),
                            swap.found().size());
                    swapped.add(swap);
                }
                case Effect.Suspended(var session, var analyzer, var version, var problem) -> {
                    LOG.warn(
                            "session {}: analyzer {}@{} is suspended until its file changes: {}",
                            session,
                            analyzer,
                            version,
                            problem);
                    loaded.suspend(analyzer, version, problem);
                }
                case Effect.Ignored _ -> meters.count(AnalysisMeter.IGNORED, 1);
                case Effect.UnreadClaim claim -> {
                    meters.count(AnalysisMeter.UNREAD_CLAIMS, 1);
                    LOG.warn(
                            "{}-{} has epoch {} at offset {}, but no claim of it was read: results"
                                    + " since epoch {} may rest on a displaced owner's records;"
                                    + " analysis goes on with epoch {}",
                            TOPIC,
                            partition,
                            claim.epoch(),
                            claim.offset(),
                            claim.epochBefore(),
                            claim.epoch());
                }
                case Effect.Missed missed -> {
                    meters.count(AnalysisMeter.MISSED, missed.found() - missed.expected());
                    LOG.warn(
                            "Session {}: event {} received where {} was expected; analysis"
                                    + " continues behind the gap",
                            missed.session(),
                            missed.found(),
                            missed.expected());
                }
                case Effect.Failed failed -> {
                    meters.count(AnalysisMeter.FAILURES, 1);
                    LOG.error(
                            "Analyzer {} failed at event {} of session {} (bug); analysis"
                                    + " continues",
                            failed.analyzer(),
                            failed.sequence(),
                            failed.session(),
                            failed.failure());
                }
            }
        }

        private void take(Effect effect, List<StateChange> changes) {
            if (effect instanceof Effect.Found finding) {
                changes.forEach(change -> told.add(new Batch.Told(finding.session(), change)));
            }
        }

        private void count(Effect.Found finding) {
            if (registry.analyzers().stream().noneMatch(a -> a.name().equals(finding.analyzer()))) {
                // Users' analyzers look at messages that are counted already.
                return;
            }
            meters.count(AnalysisMeter.MESSAGES, finding.messages().size());
            finding.messages()
                    .forEach(message -> {
                        if (message.isReassembled()) {
                            return;
                        }
                        meters.count(AnalysisMeter.PAYLOAD_BYTES, message.length());
                        if (message.completeness() == Completeness.UNKNOWN) {
                            meters.count(AnalysisMeter.UNKNOWN_BYTES, message.length());
                        }
                    });
        }

        /** Has all of it stored once the broker has what was sent. */
        void store(ConsumerRecords<String, byte[]> records, List<Future<RecordMetadata>> sent) {
            List<Position> positions = new ArrayList<>();
            records.nextOffsets()
                    .forEach((partition, next) -> {
                        Followed followed = partitions.get(partition.partition());
                        // Reading again what is stored must not take the position back.
                        if (followed != null && next.offset() > followed.storedUpTo) {
                            positions.add(
                                    new Position(
                                            TOPIC,
                                            partition.partition(),
                                            next.offset(),
                                            followed.fold.epoch()));
                        }
                    });
            if (!positions.isEmpty()) {
                writer.write(
                        () -> confirm(sent),
                        new Batch(found, told, opened, closed, positions, List.of()));
            }
        }
    }
}
