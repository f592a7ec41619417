package kontor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.Map;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.FlowRefused;
import kontor.packets.v1.Protocol;
import kontor.packets.v1.RunStarted;
import kontor.packets.v1.StrangerSeen;
import kontor.sessions.v1.EndReason;
import kontor.sessions.v1.SessionEnded;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import org.junit.jupiter.api.Test;

class EventDetailTest {

    @Test
    void aStrangerStandsThereWithItsAddressAsText() {
        StrangerSeen stranger =
                StrangerSeen.newBuilder()
                        .setProtocol(Protocol.PROTOCOL_UDP)
                        .setSourceAddress(ByteString.fromHex("7f090909"))
                        .setSourcePort(2350)
                        .setDestinationAddress(ByteString.fromHex("7f010002"))
                        .setDestinationPort(2350)
                        .setPackets(7)
                        .build();
        assertThat(said(AdapterEvent.newBuilder().setStrangerSeen(stranger)))
                .containsExactly(
                        entry("protocol", "udp"),
                        entry("sourceAddress", "127.9.9.9"),
                        entry("sourcePort", 2350L),
                        entry("destinationAddress", "127.1.0.2"),
                        entry("destinationPort", 2350L),
                        entry("packets", 7L));
    }

    @Test
    void payloadAndKnownFlowStandElsewhere() {
        AdapterEvent.Builder data =
                AdapterEvent.newBuilder()
                        .setFlowData(
                                FlowData.newBuilder()
                                        .setFlow(FlowReference.newBuilder().setRunId("run"))
                                        .setStreamOffset(9)
                                        .setPayload(ByteString.fromHex("0102")));
        assertThat(
                        EventDetail.of(
                                SessionEvent.newBuilder()
                                        .setFlow(SessionFlow.newBuilder().setNumber(1))
                                        .setAdapterEvent(data)
                                        .build()))
                .containsExactly(entry("streamOffset", 9L));
        assertThat(said(data))
                .containsExactly(
                        entry("flow", Map.of("runId", "run", "number", 0L)),
                        entry("streamOffset", 9L));
    }

    @Test
    void mapsOfAddressesAreMapsOfText() {
        assertThat(
                        said(
                                AdapterEvent.newBuilder()
                                        .setRunStarted(
                                                RunStarted.newBuilder()
                                                        .putPeerAddresses(
                                                                "game2",
                                                                ByteString.fromHex("7f010002")))))
                .containsEntry("peerAddresses", Map.of("game2", "127.1.0.2"));
    }

    @Test
    void whatTheOrchestratorDidByItselfHasItsFieldsToo() {
        assertThat(
                        EventDetail.of(
                                SessionEvent.newBuilder()
                                        .setSessionEnded(
                                                SessionEnded.newBuilder()
                                                        .setReason(EndReason.END_REASON_IDLE))
                                        .build()))
                .containsExactly(entry("reason", "idle"));
    }

    @Test
    void aConstantOfANewerVersionKeepsItsNumber() {
        assertThat(
                        said(
                                AdapterEvent.newBuilder()
                                        .setFlowRefused(
                                                FlowRefused.newBuilder().setCauseValue(99))))
                .containsEntry("cause", "unknown_enum_value_refusalcause_99");
    }

    @Test
    void aKindOfEventOfANewerVersionKeepsItsBytes() {
        UnknownFieldSet unknown =
                UnknownFieldSet.newBuilder()
                        .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build();
        assertThat(said(AdapterEvent.newBuilder().setUnknownFields(unknown)))
                .containsExactly(entry("unknownFields", "mAYB"));
    }

    private static Map<String, Object> said(AdapterEvent.Builder event) {
        return EventDetail.of(SessionEvent.newBuilder().setAdapterEvent(event).build());
    }
}
