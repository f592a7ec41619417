package kontor.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kontor.analysis.v1.AnalysisResult;
import kontor.commands.v1.AdapterCommand;
import kontor.commands.v1.Receipt;
import kontor.control.v1.ControlEvent;
import kontor.log.SessionEventHead;
import kontor.packets.v1.AdapterEvent;
import kontor.sessions.v1.SessionEvent;
import kontor.state.v1.Checkpoint;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of messages and messages of records: the one place that knows topic, key, headers
 * and schema version of each kind. Keys are text and values bytes on every producer and consumer,
 * and services decode with these methods, so that an undecodable record is their decision and never
 * a framework's.
 *
 * <p>Thread-safe; the methods neither block nor keep anything.
 */
public final class Records {

    private static final String VERSION = "/1";

    /** Names of constants; made once, as each record asks for one. */
    private static final Map<Enum<?>, String> LOWER_CASE = new ConcurrentHashMap<>();

    private Records() {}

    /** For {@code kontor.packets}; no partition: the key decides. */
    public static ProducerRecord<String, byte[]> of(AdapterEvent event) {
        return packet(
                new EncodedPacket(
                        event.getLab(),
                        event.getInstance(),
                        event.getRunId(),
                        event.getAdapterSequence(),
                        event.getWhatCase()),
                event.toByteArray());
    }

    /**
     * For {@code kontor.packets}, of an event that was encoded before: the value is that array, of
     * which no more is read than the headers need.
     *
     * @throws InvalidProtocolBufferException if it is no message
     */
    public static ProducerRecord<String, byte[]> ofAdapterEvent(byte[] encoded)
            throws InvalidProtocolBufferException {
        return packet(EncodedPacket.read(encoded), encoded);
    }

    private static ProducerRecord<String, byte[]> packet(EncodedPacket event, byte[] encoded) {
        return record(Topics.PACKETS, event.lab(), AdapterEvent.class, encoded)
                .header(Headers.INSTANCE, event.instance())
                .header(Headers.RUN, event.run())
                .header(Headers.SEQUENCE, event.sequence())
                .header(Headers.TYPE, lower(event.what()))
                .build();
    }

    /** For the command topic of the command's instance. */
    public static ProducerRecord<String, byte[]> of(AdapterCommand command) {
        String topic = Topics.commands(new InstanceName(command.getInstance()));
        String type =
                command.getActionsCount() == 0
                        ? "fence"
                        : lower(command.getActions(0).getWhatCase());
        return record(topic, command.getLab(), command)
                .header(Headers.INSTANCE, command.getInstance())
                .header(Headers.SESSION, command.getSessionId())
                .header(Headers.SEQUENCE, command.getSessionSequence())
                .header(Headers.TYPE, type)
                .build();
    }

    /** For {@code kontor.receipts}. */
    public static ProducerRecord<String, byte[]> of(Receipt receipt) {
        return record(Topics.RECEIPTS, receipt.getLab(), receipt)
                .header(Headers.INSTANCE, receipt.getInstance())
                .header(Headers.SESSION, receipt.getSessionId())
                .header(Headers.SEQUENCE, receipt.getSessionSequence())
                .header(Headers.TYPE, lower(receipt.getOutcome()))
                .build();
    }

    /**
     * For {@code kontor.session-events}.
     *
     * @param partition the partition that the input came from: a lab's log lies where its input
     *     lies
     */
    public static ProducerRecord<String, byte[]> of(SessionEvent event, int partition) {
        return record(Topics.SESSION_EVENTS, event.getLab(), event)
                .partition(partition)
                .header(Headers.SESSION, event.getSessionId())
                .header(Headers.SEQUENCE, event.getSessionSequence())
                .header(Headers.TYPE, typeOf(event))
                .build();
    }

    /** For {@code kontor.analysis}. */
    public static ProducerRecord<String, byte[]> of(AnalysisResult result) {
        return record(Topics.ANALYSIS, result.getSessionId(), result)
                .header(Headers.LAB, result.getLab())
                .header(Headers.SESSION, result.getSessionId())
                .header(Headers.SEQUENCE, result.getSessionSequence())
                .header(Headers.TYPE, result.getAnalyzer())
                .build();
    }

    /** For {@code kontor.orchestrator-state}, in the partition that the checkpoint is of. */
    public static ProducerRecord<String, byte[]> of(Checkpoint checkpoint) {
        return new Builder(
                        Topics.ORCHESTRATOR_STATE,
                        Integer.toString(checkpoint.getPartition()),
                        checkpoint.toByteArray())
                .header(Headers.SCHEMA, Checkpoint.class.getSimpleName() + VERSION)
                .header(Headers.SEQUENCE, checkpoint.getOffset())
                .partition(checkpoint.getPartition())
                .build();
    }

    /** For {@code kontor.control}; no partition: the key decides. */
    public static ProducerRecord<String, byte[]> of(ControlEvent event) {
        return control(event).build();
    }

    /**
     * For {@code kontor.control}, where what is said concerns a partition and not one of its labs.
     */
    public static ProducerRecord<String, byte[]> of(ControlEvent event, int partition) {
        return control(event).partition(partition).build();
    }

    private static Builder control(ControlEvent event) {
        return record(Topics.CONTROL, event.getLab(), event)
                .header(Headers.TYPE, lower(event.getWhatCase()));
    }

    /** The same record in the guest's own topic instead of the one that all share. */
    public static ProducerRecord<String, byte[]> ofGuest(
            ProducerRecord<String, byte[]> record, InstanceName instance) {
        return new ProducerRecord<>(
                Topics.ofGuest(record.topic(), instance),
                null,
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
    }

    /**
     * @throws UndecodableRecordException if it is not an AdapterEvent of a version known here
     */
    public static AdapterEvent adapterEvent(ConsumerRecord<String, byte[]> record) {
        return decode(record, AdapterEvent::parseFrom, AdapterEvent.class);
    }

    /**
     * @throws UndecodableRecordException if it is not an AdapterCommand of a version known here
     */
    public static AdapterCommand adapterCommand(ConsumerRecord<String, byte[]> record) {
        return decode(record, AdapterCommand::parseFrom, AdapterCommand.class);
    }

    /**
     * @throws UndecodableRecordException if it is not a Receipt of a version known here
     */
    public static Receipt receipt(ConsumerRecord<String, byte[]> record) {
        return decode(record, Receipt::parseFrom, Receipt.class);
    }

    /**
     * @throws UndecodableRecordException if it is not a SessionEvent of a version known here
     */
    public static SessionEvent sessionEvent(ConsumerRecord<String, byte[]> record) {
        return decode(record, SessionEvent::parseFrom, SessionEvent.class);
    }

    /**
     * The head of a session event; the rest is stepped over.
     *
     * @throws UndecodableRecordException if it is not a SessionEvent of a version known here, as
     *     far as its head tells
     */
    public static SessionEventHead sessionEventHead(ConsumerRecord<String, byte[]> record) {
        return decode(record, EncodedSessionEvent::head, SessionEvent.class);
    }

    /**
     * @throws UndecodableRecordException if it is not an AnalysisResult of a version known here
     */
    public static AnalysisResult analysisResult(ConsumerRecord<String, byte[]> record) {
        return decode(record, AnalysisResult::parseFrom, AnalysisResult.class);
    }

    /**
     * @throws UndecodableRecordException if it is not a ControlEvent of a version known here
     */
    public static ControlEvent controlEvent(ConsumerRecord<String, byte[]> record) {
        return decode(record, ControlEvent::parseFrom, ControlEvent.class);
    }

    /**
     * @throws UndecodableRecordException if it is not a Checkpoint of a version known here
     */
    public static Checkpoint checkpoint(ConsumerRecord<String, byte[]> record) {
        return decode(record, Checkpoint::parseFrom, Checkpoint.class);
    }

    /**
     * What happened, as headers, tables and the API call it: {@code flow_data}, {@code datagram}.
     */
    public static String typeOf(AdapterEvent event) {
        return lower(event.getWhatCase());
    }

    /** That of the adapter event inside, or {@code session_started}, {@code owner_claim} ... */
    public static String typeOf(SessionEvent event) {
        return event.hasAdapterEvent()
                ? typeOf(event.getAdapterEvent())
                : lower(event.getWhatCase());
    }

    private static String lower(Enum<?> constant) {
        return LOWER_CASE.computeIfAbsent(constant, c -> c.name().toLowerCase(Locale.ROOT));
    }

    private static <R> R decode(
            ConsumerRecord<String, byte[]> record, Decoder<R> decoder, Class<?> type) {
        Header schema = record.headers().lastHeader(Headers.SCHEMA);
        String expected = type.getSimpleName() + VERSION;
        String found = schema == null ? "none" : new String(schema.value(), UTF_8);
        if (!found.equals(expected)) {
            throw new UndecodableRecordException(
                    record, "its schema header is '%s', not '%s'".formatted(found, expected));
        }
        if (record.value() == null) {
            throw new UndecodableRecordException(record, "it has no value");
        }
        try {
            return decoder.decode(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new UndecodableRecordException(record, "its value is no " + expected, e);
        }
    }

    private interface Decoder<R> {

        R decode(byte[] encoded) throws InvalidProtocolBufferException;
    }

    private static Builder record(String topic, String key, MessageLite message) {
        return record(topic, key, message.getClass(), message.toByteArray());
    }

    private static Builder record(String topic, String key, Class<?> type, byte[] value) {
        return new Builder(topic, key, value)
                .header(Headers.SCHEMA, type.getSimpleName() + VERSION)
                .header(Headers.LAB, key);
    }

    /** Collects headers, leaving empty ones out. */
    private static final class Builder {

        private final String topic;
        private final String key;
        private final byte[] value;
        private final RecordHeaders headers = new RecordHeaders();
        private @Nullable Integer partition;

        Builder(String topic, String key, byte[] value) {
            this.topic = topic;
            this.key = key;
            this.value = value;
        }

        Builder partition(int number) {
            partition = number;
            return this;
        }

        Builder header(String name, long number) {
            return number == 0 ? this : header(name, Long.toString(number));
        }

        Builder header(String name, String text) {
            if (!text.isEmpty()) {
                headers.remove(name).add(name, text.getBytes(UTF_8));
            }
            return this;
        }

        ProducerRecord<String, byte[]> build() {
            return new ProducerRecord<>(topic, partition, key, value, headers);
        }
    }
}
