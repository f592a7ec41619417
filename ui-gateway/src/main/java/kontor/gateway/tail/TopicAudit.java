package kontor.gateway.tail;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Properties;
import java.util.Queue;
import java.util.UUID;
import java.util.function.BiConsumer;
import kontor.gateway.continuity.Evidence;
import kontor.gateway.continuity.LogRange;
import kontor.gateway.continuity.Packet;
import kontor.gateway.continuity.Row;
import kontor.gateway.continuity.Row.Said;
import kontor.gateway.continuity.TopicComparison;
import kontor.gateway.continuity.TopicReading;
import kontor.log.OwnerFence;
import kontor.log.Payloads;
import kontor.log.Words;
import kontor.packets.v1.AdapterEvent;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.Verdict;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import kontor.vocabulary.Bytes;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads a session's topics once more and holds its rows against them. Blocks for as long as that
 * takes: of both topics it reads the part where the session stands, and knows from the journal's
 * note of it which owner's claim held where that begins. Of a session without such a note {@code
 * kontor.session-events} is read from its beginning, for a claim may stand anywhere.
 */
@Component
final class TopicAudit implements TopicReading {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConsumerFactory<String, byte[]> consumers;

    TopicAudit(ConsumerFactory<String, byte[]> consumers) {
        this.consumers = consumers;
    }

    @Override
    public Evidence audit(
            UUID session,
            Evidence evidence,
            List<LogRange> ranges,
            java.util.function.Consumer<java.util.function.Consumer<Row>> rows,
            long due)
            throws UnreadableException {
        List<LogRange> logRanges =
                ranges.stream().filter(r -> r.topic().equals(Topics.SESSION_EVENTS)).toList();
        try (Consumer<String, byte[]> log = consumer("log");
                Consumer<String, byte[]> packets = consumer("packets")) {
            Reading<Row> logged =
                    new Reading<>(
                            log,
                            logRanges.isEmpty()
                                    ? logParts(log, evidence)
                                    : notedParts(log, evidence, logRanges),
                            new SessionRecords(session, logRanges));
            Reading<Packet> sent =
                    new Reading<>(
                            packets, packetParts(packets, evidence), labPackets(evidence.lab()));
            TopicComparison comparison = new TopicComparison(logged, sent, evidence.runs());
            rows.accept(comparison::on);
            return comparison.end(evidence, due, () -> logged.records + sent.records);
        } catch (UndecodableRecordException e) {
            throw new UnreadableException("a record cannot be read: " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw new UnreadableException("the topics cannot be read: " + e.getMessage(), e);
        }
    }

    /** A session's log lies in the partition of its inputs; of one without inputs nobody knows. */
    private static List<Part> logParts(Consumer<String, byte[]> consumer, Evidence evidence) {
        List<TopicPartition> partitions =
                evidence.inputs().isEmpty()
                        ? consumer.partitionsFor(Topics.SESSION_EVENTS).stream()
                                .map(p -> new TopicPartition(p.topic(), p.partition()))
                                .toList()
                        : evidence.inputs().stream()
                                .map(i -> new TopicPartition(Topics.SESSION_EVENTS, i.partition()))
                                .toList();
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream()
                .map(p -> new Part(p, begins.getOrDefault(p, 0L), ends.getOrDefault(p, 0L)))
                .toList();
    }

    /** Of a session that goes on, up to the end that the log has now. */
    private static List<Part> notedParts(
            Consumer<String, byte[]> consumer, Evidence evidence, List<LogRange> ranges) {
        List<Part> parts = new ArrayList<>();
        for (LogRange range : ranges) {
            TopicPartition partition = new TopicPartition(range.topic(), range.partition());
            long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            parts.add(
                    new Part(
                            partition,
                            Math.max(range.firstOffset(), begin),
                            evidence.ended() ? Math.min(range.lastOffset() + 1, end) : end));
        }
        return parts;
    }

    private static List<Part> packetParts(Consumer<String, byte[]> consumer, Evidence evidence) {
        List<Part> parts = new ArrayList<>();
        for (Evidence.Inputs inputs : evidence.inputs()) {
            TopicPartition partition = new TopicPartition(inputs.topic(), inputs.partition());
            long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            parts.add(
                    new Part(
                            partition,
                            Math.max(inputs.first(), begin),
                            Math.min(inputs.last() + 1, end)));
        }
        return parts;
    }

    private static BiConsumer<ConsumerRecord<String, byte[]>, Sink<Packet>> labPackets(String lab) {
        return (record, sink) -> {
            if (lab.equals(record.key())) {
                AdapterEvent event = Records.adapterEvent(record);
                sink.accept(new Packet(record.offset(), event.getInstance(), said(event)));
            }
        };
    }

    private static Said said(AdapterEvent event) {
        @Nullable ByteString payload = Payloads.of(event);
        return new Said(
                UUID.fromString(event.getRunId()),
                event.getAdapterSequence(),
                payload == null
                        ? 0
                        : Integer.toUnsignedLong(Bytes.owning(payload.toByteArray()).crc32c()));
    }

    private Consumer<String, byte[]> consumer(String role) {
        Properties own = new Properties();
        own.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return consumers.createConsumer(null, "kontor-ui-gateway-audit-" + role, null, own);
    }

    /** The records of one session, as rows, without those that a later owner has made void. */
    private static final class SessionRecords
            implements BiConsumer<ConsumerRecord<String, byte[]>, Sink<Row>> {

        private final String session;
        private final Map<Integer, OwnerFence> fences = new HashMap<>();

        /**
         * @param ranges read from where they begin; none: from the beginning
         */
        SessionRecords(UUID session, List<LogRange> ranges) {
            this.session = session.toString();
            ranges.forEach(
                    range -> fences.put(range.partition(), new OwnerFence(range.ownerEpoch())));
        }

        @Override
        public void accept(ConsumerRecord<String, byte[]> record, Sink<Row> sink) {
            SessionEvent event = Records.sessionEvent(record);
            OwnerFence.Standing standing =
                    fences.computeIfAbsent(record.partition(), _ -> new OwnerFence())
                            .on(event.getOwnerEpoch(), event.hasOwnerClaim());
            if (standing != OwnerFence.Standing.VOID && event.getSessionId().equals(session)) {
                sink.accept(
                        new Row(
                                event.getSessionSequence(),
                                Records.typeOf(event),
                                Words.of(Verdict.getDescriptor(), event.getVerdictValue()),
                                event.hasAdapterEvent() ? said(event.getAdapterEvent()) : null,
                                event.getInput().getOffset()));
            }
        }
    }

    /** Takes what was read. */
    private interface Sink<T> {
        void accept(T read);
    }

    /** A stretch of a partition. */
    private record Part(TopicPartition partition, long from, long to) {}

    /** Reads stretches one after the other, and no further ahead than one poll. */
    private static final class Reading<T> implements Iterator<T> {

        private final Consumer<String, byte[]> consumer;
        private final Queue<Part> parts;
        private final BiConsumer<ConsumerRecord<String, byte[]>, Sink<T>> reader;
        private final Queue<T> ready = new ArrayDeque<>();
        private boolean within;
        private long records;

        Reading(
                Consumer<String, byte[]> consumer,
                List<Part> parts,
                BiConsumer<ConsumerRecord<String, byte[]>, Sink<T>> reader) {
            this.consumer = consumer;
            this.parts = new ArrayDeque<>(parts);
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && !parts.isEmpty()) {
                read(parts.element());
            }
            return !ready.isEmpty();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void read(Part part) {
            if (!within) {
                consumer.assign(List.of(part.partition()));
                consumer.seek(part.partition(), part.from());
                within = true;
            }
            long before = consumer.position(part.partition());
            if (before >= part.to()) {
                parts.remove();
                within = false;
                return;
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(PATIENCE)) {
                records++;
                if (record.offset() < part.to()) {
                    reader.accept(record, ready::add);
                }
            }
            if (consumer.position(part.partition()) == before) {
                throw new KafkaException("no record came within " + PATIENCE);
            }
        }
    }
}
