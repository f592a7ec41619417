package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.gateway.events.EventArchive;
import kontor.gateway.events.EventSummary;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleSession;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One session with every kind of event, every verdict and words of a newer version, sent both ways:
 * what the gateway heard on Kafka and what it reads from the rows are the same.
 */
@Timeout(120)
class OneRenderingIT extends GatewayOnSampleStack {

    private static final OneofDescriptor WHAT = AdapterEvent.getDescriptor().getOneofs().getFirst();
    private static final ByteString DELIVERED = ByteString.fromHex("0102");
    private static final int UNKNOWN = 77;

    @BeforeAll
    static void start() {
        startGateway(Map.of());
    }

    @Test
    void everyKindOfEventIsTheSameFromKafkaAndFromTheRows() {
        SampleSession session = everything();
        session.steps().forEach(stack::publish);
        stack.record(session);
        LiveSessions sessions = gateway.bean(LiveSessions.class);
        await().until(() ->
                sessions.find(session.id()).map(LiveSession::lastSequence).orElse(0L)
                        == session.lastSequence());

        LiveSession live = sessions.find(session.id()).orElseThrow();
        List<EventSummary> heard = new ArrayList<>();
        for (long sequence : session.sequences()) {
            heard.add(live.event(sequence).orElseThrow());
        }
        List<EventSummary> read =
                gateway.bean(EventArchive.class)
                        .eventsAfter(session.id(), 0, Long.MAX_VALUE, heard.size() + 1);

        assertThat(heard).containsExactlyElementsOf(read);
        Set<String> types = new HashSet<>();
        heard.forEach(event -> types.add(event.type()));
        assertThat(types)
                .contains("session_started", "session_ended", "what_not_set")
                .containsAll(WHAT.getFields().stream().map(FieldDescriptor::getName).toList());
    }

    private static SampleSession everything() {
        SampleSession session = SampleSession.of("rendering");
        for (FieldDescriptor kind : WHAT.getFields()) {
            for (int filling : new int[] {0, 1, 2, UNKNOWN}) {
                session.says(
                        "game1",
                        null,
                        Verdict.VERDICT_OBSERVED_VALUE,
                        ByteString.EMPTY,
                        said ->
                                said.setField(
                                        kind, filled(said.newBuilderForField(kind), filling)));
            }
        }
        for (int verdict : new int[] {1, 2, 3, 4, 5, 6, 7, UNKNOWN}) {
            for (ByteString delivered : List.of(DELIVERED, ByteString.EMPTY)) {
                session.says(
                        "game2",
                        flow(1, "7f010001", "7f010002"),
                        verdict,
                        delivered,
                        said -> said.getDatagramBuilder().setPayload(ByteString.EMPTY));
            }
        }
        session.says(
                "game2",
                flow(2, "00000000000000000000000000000001", "20010db8000000000001000000000001"),
                Verdict.VERDICT_RELAYED_VALUE,
                ByteString.EMPTY,
                said -> said.getDatagramBuilder().setPayload(DELIVERED));
        session.says(
                "game1",
                flow(3, "7f01", ""),
                Verdict.VERDICT_RELAYED_VALUE,
                ByteString.EMPTY,
                said -> said.getFlowDataBuilder().setStreamOffset(Long.MAX_VALUE));
        session.says("game1", null, Verdict.VERDICT_OBSERVED_VALUE, ByteString.EMPTY, said -> {});
        session.end();
        return session;
    }

    private static SessionFlow flow(int number, String opener, String target) {
        return SessionFlow.newBuilder()
                .setNumber(number)
                .setProtocol(Protocol.PROTOCOL_UDP)
                .setOpener(end("game1", opener))
                .setTarget(end("", target))
                .setFromOpener(number % 2 == 0)
                .build();
    }

    private static FlowEnd end(String instance, String address) {
        return FlowEnd.newBuilder()
                .setInstance(instance)
                .setEndpoint(
                        Endpoint.newBuilder().setAddress(ByteString.fromHex(address)).setPort(2300))
                .build();
    }

    /** Every field with something in it; with 0 none, at a number unknown here every constant. */
    private static Message filled(Message.Builder message, int filling) {
        if (filling == 0) {
            return message.build();
        }
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                continue;
            }
            switch (field.getJavaType()) {
                case INT -> message.setField(field, 2300 + filling);
                case LONG -> message.setField(field, 3_000_000_000L * filling);
                case BOOLEAN -> message.setField(field, true);
                case STRING -> message.setField(field, "as \"it\" is, %d".formatted(filling));
                case BYTE_STRING -> message.setField(field, ByteString.fromHex("7f010001"));
                case ENUM ->
                        message.setField(
                                field,
                                field.getEnumType().findValueByNumberCreatingIfUnknown(filling));
                case MESSAGE ->
                        message.setField(field, filled(message.newBuilderForField(field), filling));
                case FLOAT, DOUBLE -> throw new IllegalStateException(field.getFullName());
            }
        }
        return message.build();
    }
}
