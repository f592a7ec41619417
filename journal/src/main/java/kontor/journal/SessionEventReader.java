package kontor.journal;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.journal.ledger.DeliveryRow;
import kontor.journal.ledger.EventRow;
import kontor.journal.ledger.FlowRow;
import kontor.journal.ledger.LogEntry;
import kontor.journal.ledger.LogEntry.What;
import kontor.journal.ledger.RunRow;
import kontor.log.Addresses;
import kontor.log.Payloads;
import kontor.log.Words;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.CaptureMethod;
import kontor.packets.v1.Protocol;
import kontor.packets.v1.RefusalCause;
import kontor.packets.v1.RunStarted;
import kontor.sessions.v1.EndReason;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.InputPosition;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.Verdict;
import kontor.topics.Records;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads records of {@code kontor.session-events}. Policy: HALT. Used by one thread. */
final class SessionEventReader {

    private final DetailText details = new DetailText();

    /**
     * Reads one record. What a game or an adapter may have got wrong inside (addresses, unknown
     * kinds of events) is kept as it is; ids are the orchestrator's own word.
     *
     * @throws kontor.topics.UndecodableRecordException where it is no session event
     * @throws IllegalArgumentException where its ids are none
     */
    LogEntry read(ConsumerRecord<String, byte[]> record) {
        SessionEvent event = Records.sessionEvent(record);
        SessionId session =
                event.getSessionId().isEmpty() ? null : SessionId.parse(event.getSessionId());
        return new LogEntry(
                record.partition(),
                record.offset(),
                event.getLab(),
                event.getOwnerEpoch(),
                session == null ? null : row(session, event),
                deliveries(event),
                session == null || !event.hasFlow() ? null : flow(session, event.getFlow()),
                what(event));
    }

    private EventRow row(SessionId session, SessionEvent event) {
        boolean ofAdapter = event.hasAdapterEvent();
        return new EventRow(
                session,
                event.getSessionSequence(),
                Records.typeOf(event),
                event.getOwnerEpoch(),
                event.getSequencedAtMicros(),
                Words.of(Verdict.getDescriptor(), event.getVerdictValue()),
                event.getVerdictDetail().isEmpty() ? null : event.getVerdictDetail(),
                ofAdapter ? adapter(event.getAdapterEvent()) : null,
                event.hasFlow() ? event.getFlow().getNumber() : null,
                event.hasFlow() ? event.getFlow().getFromOpener() : null,
                bytes(Payloads.of(event)),
                bytes(Payloads.delivered(event)),
                event.hasInput() ? input(event.getInput()) : null,
                details.of(event));
    }

    private static EventRow.Adapter adapter(AdapterEvent said) {
        return new EventRow.Adapter(
                said.getInstance(),
                UUID.fromString(said.getRunId()),
                said.getAdapterSequence(),
                said.getCapturedAtMicros(),
                Integer.toUnsignedLong(said.getPayloadCrc32C()));
    }

    private static @Nullable Bytes bytes(@Nullable ByteString payload) {
        return payload == null ? null : Bytes.owning(payload.toByteArray());
    }

    private static EventRow.Input input(InputPosition input) {
        return new EventRow.Input(input.getTopic(), input.getPartition(), input.getOffset());
    }

    private static List<DeliveryRow> deliveries(SessionEvent event) {
        List<DeliveryRow> rows = new ArrayList<>(event.getDeliveriesCount());
        event.getDeliveriesList()
                .forEach(delivery ->
                        rows.add(
                                new DeliveryRow(
                                        delivery.getInstance(),
                                        UUID.fromString(delivery.getTargetRunId()),
                                        delivery.getCommandSequence(),
                                        delivery.hasDeliveredPayload()
                                                ? bytes(delivery.getDeliveredPayload())
                                                : null,
                                        delivery.getCopies() == 0 ? null : delivery.getCopies())));
        return rows;
    }

    private static FlowRow flow(SessionId session, SessionFlow flow) {
        return new FlowRow(
                session,
                flow.getNumber(),
                Words.of(Protocol.getDescriptor(), flow.getProtocolValue()),
                end(flow.getOpener()),
                end(flow.getTarget()),
                flow.hasReference()
                        ? new FlowReference(
                                RunId.parse(flow.getReference().getRunId()),
                                flow.getReference().getNumber())
                        : null);
    }

    private static FlowRow.End end(FlowEnd end) {
        return new FlowRow.End(
                end.getInstance().isEmpty() ? null : end.getInstance(),
                Addresses.orNull(end.getEndpoint().getAddress()),
                end.getEndpoint().getPort());
    }

    private static What what(SessionEvent event) {
        return switch (event.getWhatCase()) {
            case ADAPTER_EVENT -> what(event.getAdapterEvent(), event.getVerdict());
            case SESSION_STARTED -> new What.SessionStart(event.getSessionStarted().getOrdinal());
            case SESSION_ENDED ->
                    new What.SessionEnd(
                            Words.of(
                                    EndReason.getDescriptor(),
                                    event.getSessionEnded().getReasonValue()));
            case OWNER_CLAIM -> new What.OwnerClaim();
            case OWNER_RELEASE, RULES_CHANGED, HELD_RELEASED, WHAT_NOT_SET -> new What.Nothing();
        };
    }

    private static What what(AdapterEvent said, Verdict verdict) {
        return switch (said.getWhatCase()) {
            case RUN_STARTED -> new What.RunStart(run(said, said.getRunStarted()));
            case RUN_STOPPED ->
                    new What.RunStop(
                            UUID.fromString(said.getRunId()),
                            said.getInstance(),
                            said.getCapturedAtMicros());
            // Nobody to connect to: the opener is answered with a reset.
            case FLOW_OPENED ->
                    verdict == Verdict.VERDICT_UNDELIVERABLE
                            ? new What.FlowEnd("unreachable")
                            : new What.Nothing();
            case FLOW_REFUSED -> new What.FlowEnd(reason(said.getFlowRefused().getCause()));
            case FLOW_HALF_CLOSED -> new What.HalfClose();
            case FLOW_RESET -> new What.FlowEnd("reset");
            case FLOW_ACCEPTED,
                    FLOW_DATA,
                    FLOW_STALLED,
                    FLOW_DRAINED,
                    FLOW_CONFIRMED,
                    DATAGRAM,
                    DATAGRAMS_MISSED,
                    STRANGER_SEEN,
                    INJECTION,
                    GAME_FROZEN,
                    GAME_THAWED,
                    FREEZE_FAILED,
                    WHAT_NOT_SET ->
                    new What.Nothing();
        };
    }

    private static String reason(RefusalCause cause) {
        return switch (cause) {
            case REFUSAL_CAUSE_TIMED_OUT -> "timed_out";
            case REFUSAL_CAUSE_UNREACHABLE -> "unreachable";
            case REFUSAL_CAUSE_REFUSED, REFUSAL_CAUSE_UNSPECIFIED, UNRECOGNIZED -> "refused";
        };
    }

    private static RunRow run(AdapterEvent said, RunStarted started) {
        ObjectNode peers = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, ByteString> peer : started.getPeerAddressesMap().entrySet()) {
            peers.put(peer.getKey(), Addresses.text(peer.getValue()));
        }
        return new RunRow(
                UUID.fromString(said.getRunId()),
                said.getLab(),
                said.getInstance(),
                Addresses.orNull(started.getInstanceAddress()),
                peers.toString(),
                Addresses.orNull(started.getBroadcastAddress()),
                said.getSoftwareVersion(),
                Words.of(CaptureMethod.getDescriptor(), said.getCaptureMethodValue()),
                said.getCapturedAtMicros());
    }
}
