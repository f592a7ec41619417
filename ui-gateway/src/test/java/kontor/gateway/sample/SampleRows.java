package kontor.gateway.sample;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.Message;
import kontor.commands.v1.Receipt;
import kontor.log.Addresses;
import kontor.log.EventDetail;
import kontor.log.Payloads;
import kontor.log.Words;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.Verdict;
import kontor.topics.Records;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Rows of sessions in the database, as journal and analysis write them. */
final class SampleRows {

    private final JdbcClient jdbc;

    SampleRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void session(SampleSession session) {
        jdbc.sql(
                        "insert into capture.sessions (session_id, lab, ordinal, started_at) values"
                                + " (:id, :lab, (select count(*) + 1 from capture.sessions where"
                                + " lab = :lab), :at)")
                .param("id", session.id())
                .param("lab", session.lab())
                .param("at", at(session.startedAt()))
                .update();
    }

    /** An event with its flow and deliveries; the last one ends the session. */
    void event(SessionEvent event) {
        UUID session = UUID.fromString(event.getSessionId());
        if (event.hasSessionEnded()) {
            jdbc.sql(
                            "update capture.sessions set ended_at = :at, end_reason = 'requested'"
                                    + " where session_id = :id")
                    .param("id", session)
                    .param("at", micros(event.getSequencedAtMicros()))
                    .update();
        }
        if (event.hasFlow()) {
            flow(session, event.getSessionSequence(), event.getFlow());
        }
        boolean said = event.hasAdapterEvent();
        AdapterEvent adapterEvent = event.getAdapterEvent();
        jdbc.sql(
                        """
                        insert into capture.events values (
                          :session, :sequence, :type, :epoch, :sequencedAt, :verdict,
                          :verdictDetail, :instance, :run, :adapterSequence, :capturedAt, :flow,
                          :fromOpener, :payload, :crc, :delivered, :topic, 0, :offset,
                          cast(:detail as jsonb))
                        """)
                .param("session", session)
                .param("sequence", event.getSessionSequence())
                .param("type", Records.typeOf(event))
                .param("epoch", event.getOwnerEpoch())
                .param("sequencedAt", micros(event.getSequencedAtMicros()))
                .param("verdict", Words.of(Verdict.getDescriptor(), event.getVerdictValue()))
                .param("verdictDetail", emptyToNull(event.getVerdictDetail()))
                .param("instance", said ? adapterEvent.getInstance() : null)
                .param("run", said ? UUID.fromString(adapterEvent.getRunId()) : null)
                .param("adapterSequence", said ? adapterEvent.getAdapterSequence() : null)
                .param("capturedAt", said ? micros(adapterEvent.getCapturedAtMicros()) : null)
                .param("flow", event.hasFlow() ? event.getFlow().getNumber() : null)
                .param("fromOpener", event.hasFlow() ? event.getFlow().getFromOpener() : null)
                .param("payload", bytes(Payloads.of(event)))
                .param("delivered", bytes(Payloads.delivered(event)))
                .param("crc", Integer.toUnsignedLong(adapterEvent.getPayloadCrc32C()))
                .param("topic", event.getInput().getTopic())
                .param("offset", event.getInput().getOffset())
                .param("detail", detail(event))
                .update();
        event.getDeliveriesList()
                .forEach(delivery ->
                        jdbc.sql("insert into capture.deliveries values (?, ?, ?, ?, ?)")
                                .params(
                                        session,
                                        event.getSessionSequence(),
                                        delivery.getInstance(),
                                        UUID.fromString(delivery.getTargetRunId()),
                                        delivery.getCommandSequence())
                                .update());
    }

    private void flow(UUID session, long sequence, SessionFlow flow) {
        Endpoint opener = flow.getOpener().getEndpoint();
        Endpoint target = flow.getTarget().getEndpoint();
        jdbc.sql(
                        """
                        insert into capture.flows (session_id, flow, protocol, opener_instance,
                          opener_address, opener_port, target_instance, target_address,
                          target_port, first_sequence, reference_run_id, reference_number)
                        values (:session, :flow, :protocol, :opener, cast(:openerAddress as inet),
                          :openerPort, :target, cast(:targetAddress as inet), :targetPort, :first,
                          cast(:run as uuid), :number)
                        on conflict do nothing
                        """)
                .param("session", session)
                .param("flow", flow.getNumber())
                .param("protocol", Words.of(Protocol.getDescriptor(), flow.getProtocolValue()))
                .param("opener", flow.getOpener().getInstance())
                .param("openerAddress", address(opener))
                .param("openerPort", opener.getPort())
                .param("target", emptyToNull(flow.getTarget().getInstance()))
                .param("targetAddress", address(target))
                .param("targetPort", target.getPort())
                .param("first", sequence)
                .param("run", flow.hasReference() ? flow.getReference().getRunId() : null)
                .param("number", flow.hasReference() ? flow.getReference().getNumber() : null)
                .update();
    }

    void receipt(Receipt receipt) {
        jdbc.sql("insert into capture.receipts values (?, ?, ?, ?, ?, ?, 'done', ?, ?, null)")
                .params(
                        UUID.fromString(receipt.getTargetRunId()),
                        receipt.getCommandSequence(),
                        receipt.getInstance(),
                        UUID.fromString(receipt.getRunId()),
                        UUID.fromString(receipt.getSessionId()),
                        receipt.getSessionSequence(),
                        micros(receipt.getDoneAtMicros()),
                        receipt.getPayloadBytes())
                .update();
    }

    void result(AnalysisResult result) {
        for (Message message : result.getMessagesList()) {
            StringBuilder spans = new StringBuilder();
            message.getSpansList()
                    .forEach(span ->
                            spans.append(spans.isEmpty() ? "[" : ",")
                                    .append(
                                            "{\"sequence\": %d, \"offset\": %d, \"length\": %d}"
                                                    .formatted(
                                                            span.getSessionSequence(),
                                                            span.getOffset(),
                                                            span.getLength())));
            StringBuilder fields = new StringBuilder("[");
            message.getFieldsList()
                    .forEach(field ->
                            fields.append(fields.length() == 1 ? "" : ",").append(json(field)));
            jdbc.sql(
                            """
                            insert into analysis.messages values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                              'whole', null, ?, cast(? as jsonb), cast(? as jsonb))
                            """)
                    .params(
                            UUID.fromString(result.getSessionId()),
                            result.getSessionSequence(),
                            message.getIndex(),
                            result.getAnalyzer(),
                            result.getAnalyzerVersion(),
                            message.getFlow(),
                            message.getFromInstance(),
                            message.getToInstance(),
                            message.getProtocol(),
                            message.getType(),
                            message.getSummary(),
                            message.getSpans(0).getLength(),
                            spans + "]",
                            fields + "]")
                    .update();
        }
    }

    private static @Nullable String detail(SessionEvent event) {
        Map<String, Object> detail = EventDetail.of(event);
        return detail.isEmpty() ? null : new JsonMapper().writeValueAsString(detail);
    }

    private static byte @Nullable [] bytes(@Nullable ByteString payload) {
        return payload == null ? null : payload.toByteArray();
    }

    private static String json(kontor.analysis.v1.Field field) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(field);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String address(Endpoint endpoint) {
        return Addresses.orNull(endpoint.getAddress()) == null
                ? null
                : Addresses.text(endpoint.getAddress());
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static OffsetDateTime micros(long micros) {
        return at(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
