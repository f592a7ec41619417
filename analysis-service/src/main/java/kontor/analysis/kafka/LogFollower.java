package kontor.analysis.kafka;

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
import kontor.analysis.sessions.Effect;
import kontor.analysis.sessions.OpenSession;
import kontor.analysis.sessions.PartitionFold;
import kontor.analysis.store.AnalysisStore;
import kontor.analysis.store.Batch;
import kontor.analysis.store.Position;
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
 * Follows the log from the stored positions on. A step folds what a poll brought, sends the results
 * to Kafka and waits for the broker's word, and then stores rows and positions in one transaction:
 * a result is in Kafka at least once, in the database exactly once.
 *
 * <p>A partition is read from the first record of its oldest session that still runs, since what a
 * message is depends on what was said before; up to the stored position this changes nothing
 * outside. Used by one thread; after an exception it is of no more use.
 */
final class LogFollower {

    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);

    private static final String TOPIC = Topics.SESSION_EVENTS;

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final ResultRecords results;
    private final AnalyzerRegistry registry;
    private final AnalysisStore store;
    private final AnalysisMeters meters;
    private final Map<Integer, Followed> partitions = new HashMap<>();

    /**
     * @param storedUpTo what is before this offset has had its effects
     */
    private record Followed(PartitionFold fold, long storedUpTo) {}

    LogFollower(
            Consumer<String, byte[]> consumer,
            Producer<String, byte[]> producer,
            AnalysisSettings settings,
            AnalyzerRegistry registry,
            AnalysisStore store,
            AnalysisMeters meters) {
        this.consumer = consumer;
        this.producer = producer;
        this.results = new ResultRecords(settings.resultLimit().toBytes());
        this.registry = registry;
        this.store = store;
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
                    "{} ends at {}, before the stored position {}: it is another log, read anew",
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
        PartitionFold fold = new PartitionFold(registry, store, epoch);
        partitions.put(number, new Followed(fold, stored.nextOffset()));
        LOG.info(
                "{}: reading from {} on, {} running sessions, stored up to {} of {}",
                partition,
                start,
                open.size(),
                stored.nextOffset(),
                end);
    }

    /** Blocks for {@code wait} at most where nothing comes. */
    void step(Duration wait) {
        ConsumerRecords<String, byte[]> records = consumer.poll(wait);
        if (records.isEmpty()) {
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
        step.publish();
        step.store(records);
        meters.lag(records.partitions().stream().mapToLong(this::lagOf).sum());
    }

    private long lagOf(TopicPartition partition) {
        return consumer.currentLag(partition).orElse(0);
    }

    /** What one poll brought. */
    private final class Step {

        private final List<Effect.Found> found = new ArrayList<>();
        private final List<Batch.Opened> opened = new ArrayList<>();
        private final List<Effect.Closed> closed = new ArrayList<>();

        void fold(ConsumerRecord<String, byte[]> entry, Followed followed) {
            meters.count(AnalysisMeter.RECORDS, 1);
            boolean isNew = entry.offset() >= followed.storedUpTo;
            switch (SessionEventReader.read(entry)) {
                case Read.Known(var known) -> {
                    List<Effect> effects = followed.fold.on(known);
                    if (isNew) {
                        effects.forEach(effect -> take(effect, entry.partition()));
                    }
                }
                case Read.Undecodable(String reason) -> {
                    if (isNew) {
                        meters.count(AnalysisMeter.UNDECODABLE, 1);
                        LOG.warn("set aside: {}", reason);
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
                    LOG.info("session {} of lab {} begins", session.id(), session.lab());
                    opened.add(new Batch.Opened(TOPIC, partition, session));
                }
                case Effect.Closed ended -> {
                    LOG.info("session {} has ended", ended.session());
                    closed.add(ended);
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
                            "session {}: event {} came where {} was next",
                            missed.session(),
                            missed.found(),
                            missed.expected());
                }
                case Effect.Failed failed -> {
                    meters.count(AnalysisMeter.FAILURES, 1);
                    LOG.error(
                            "analyzer {} failed at event {} of session {}",
                            failed.analyzer(),
                            failed.sequence(),
                            failed.session(),
                            failed.failure());
                }
            }
        }

        private void count(Effect.Found finding) {
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

        /** Sends all results and waits until the broker has them. */
        void publish() {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Effect.Found finding : found) {
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
                                "the {} messages of event {} of session {} do not fit into a"
                                        + " record; only the database has them",
                                finding.messages().size(),
                                finding.sequence(),
                                finding.session());
                    }
                }
            }
            producer.flush();
            sent.forEach(Step::await);
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

        void store(ConsumerRecords<String, byte[]> records) {
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
                store.store(new Batch(found, opened, closed, positions));
            }
        }
    }
}
