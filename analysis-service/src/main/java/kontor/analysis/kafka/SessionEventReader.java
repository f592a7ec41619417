package kontor.analysis.kafka;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import kontor.analysis.analyzer.Route;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.reassembly.FlowDirection;
import kontor.analysis.sessions.LogRecord;
import kontor.log.Payloads;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.FlowData;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.topics.Records;
import kontor.topics.UndecodableRecordException;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes records of the session log what the fold understands. */
final class SessionEventReader {

    private SessionEventReader() {}

    /** What a record turned out to be. */
    sealed interface Read {

        record Known(LogRecord entry) implements Read {}

        /** Not what the topic promises; to be set aside. */
        record Undecodable(String reason) implements Read {}
    }

    static Read read(ConsumerRecord<String, byte[]> entry) {
        try {
            SessionEvent event = Records.sessionEvent(entry);
            return new Read.Known(logRecord(entry.offset(), event));
        } catch (UndecodableRecordException e) {
            return new Read.Undecodable(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new Read.Undecodable(
                    "record %s-%d@%d cannot be read: %s"
                            .formatted(
                                    entry.topic(),
                                    entry.partition(),
                                    entry.offset(),
                                    e.getMessage()));
        }
    }

    private static LogRecord logRecord(long offset, SessionEvent event) {
        if (event.hasOwnerClaim()) {
            return new LogRecord.Claim(offset, event.getOwnerEpoch());
        }
        if (event.getSessionId().isEmpty()) {
            return new LogRecord.OfNoSession(offset, event.getOwnerEpoch());
        }
        if (event.getSessionSequence() <= 0) {
            throw new IllegalArgumentException("it has no session sequence");
        }
        return new LogRecord.Event(
                offset,
                event.getOwnerEpoch(),
                new LabName(event.getLab()),
                SessionId.parse(event.getSessionId()),
                input(event));
    }

    private static SessionInput input(SessionEvent event) {
        long sequence = event.getSessionSequence();
        return switch (event.getWhatCase()) {
            case ADAPTER_EVENT -> adapterEvent(event, event.getAdapterEvent());
            case SESSION_ENDED -> new SessionInput.SessionEnded(sequence);
            case SESSION_STARTED, OWNER_CLAIM, OWNER_RELEASE, RULES_CHANGED, WHAT_NOT_SET ->
                    new SessionInput.Silent(sequence);
        };
    }

    private static SessionInput adapterEvent(SessionEvent event, AdapterEvent adapterEvent) {
        long sequence = event.getSessionSequence();
        SessionFlow flow = event.getFlow();
        FlowDirection direction = new FlowDirection(flow.getNumber(), flow.getFromOpener());
        return switch (adapterEvent.getWhatCase()) {
            case FLOW_DATA -> {
                FlowData data = adapterEvent.getFlowData();
                yield new SessionInput.StreamData(
                        sequence,
                        direction,
                        reference(flow),
                        route(flow, adapterEvent),
                        data.getStreamOffset(),
                        payload(adapterEvent));
            }
            case DATAGRAM ->
                    new SessionInput.Datagram(
                            sequence,
                            flow.getNumber(),
                            route(flow, adapterEvent),
                            payload(adapterEvent));
            // In a stream its bytes have no place among those that the game wrote.
            case INJECTION ->
                    adapterEvent.getInjection().hasFlow() || !event.hasFlow()
                            ? new SessionInput.Silent(sequence)
                            : new SessionInput.Datagram(
                                    sequence,
                                    flow.getNumber(),
                                    route(flow, adapterEvent),
                                    payload(adapterEvent));
            case FLOW_HALF_CLOSED -> new SessionInput.StreamEnded(sequence, direction);
            case FLOW_RESET, FLOW_REFUSED ->
                    new SessionInput.FlowBroken(sequence, flow.getNumber());
            case RUN_STARTED,
                    FLOW_OPENED,
                    FLOW_ACCEPTED,
                    FLOW_STALLED,
                    FLOW_DRAINED,
                    FLOW_CONFIRMED,
                    DATAGRAMS_MISSED,
                    STRANGER_SEEN,
                    RUN_STOPPED,
                    GAME_FROZEN,
                    GAME_THAWED,
                    FREEZE_FAILED,
                    WHAT_NOT_SET ->
                    new SessionInput.Silent(sequence);
        };
    }

    private static @Nullable FlowReference reference(SessionFlow flow) {
        return flow.hasReference()
                ? new FlowReference(
                        RunId.parse(flow.getReference().getRunId()),
                        flow.getReference().getNumber())
                : null;
    }

    private static Route route(SessionFlow flow, AdapterEvent event) {
        FlowEnd to = flow.getFromOpener() ? flow.getTarget() : flow.getOpener();
        return new Route(event.getInstance(), to.getInstance());
    }

    private static Bytes payload(AdapterEvent event) {
        ByteString payload = requireNonNull(Payloads.of(event));
        Bytes bytes = Bytes.owning(payload.toByteArray());
        if (bytes.crc32c() != event.getPayloadCrc32C()) {
            throw new IllegalArgumentException("its payload does not have the checksum it states");
        }
        return bytes;
    }
}
