package kontor.gateway.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.StrangerSource;
import kontor.gateway.instances.InstanceClock;
import kontor.gateway.instances.InstanceNetwork;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Protocol;
import kontor.packets.v1.StrangerSeen;
import kontor.sessions.v1.SessionEvent;
import org.junit.jupiter.api.Test;

class LogReaderTest {

    private static final ByteString STRANGER = ByteString.fromHex("7f090909");

    @Test
    void aStatusTellsOfTheNetworkAndWhoElseWasInIt() {
        AdapterStatus status =
                AdapterStatus.newBuilder()
                        .setInstance("game1")
                        .setRunId(new UUID(1, 1).toString())
                        .setGameAddress(ByteString.fromHex("7f010001"))
                        .putPeerAddresses("game2", ByteString.fromHex("7f010002"))
                        .setTcpPorts("2300-2400, 47624")
                        .setStrangerPackets(9)
                        .addStrangers(
                                StrangerSource.newBuilder()
                                        .setProtocol(Protocol.PROTOCOL_TCP)
                                        .setAddress(STRANGER)
                                        .setPackets(9))
                        .build();

        assertThat(LogReader.status(said(status)).network())
                .isEqualTo(
                        new InstanceNetwork(
                                "127.1.0.1",
                                Map.of("game2", "127.1.0.2"),
                                null,
                                "2300-2400, 47624",
                                null,
                                9,
                                List.of(new InstanceNetwork.Stranger("127.9.9.9", "tcp", 9))));
    }

    @Test
    void anOlderAdaptersStatusTellsOfNone() {
        AdapterStatus status =
                AdapterStatus.newBuilder().setRunId(new UUID(1, 1).toString()).build();

        assertThat(LogReader.status(said(status)).network())
                .isEqualTo(new InstanceNetwork(null, Map.of(), null, null, null, 0, List.of()));
    }

    @Test
    void aStatusTellsOfTheBrokersClockOnceItIsKnown() {
        AdapterStatus.Builder status =
                AdapterStatus.newBuilder().setRunId(new UUID(1, 1).toString());

        assertThat(LogReader.status(said(status.build())).clock()).isNull();
        status.setBrokerClockAheadMicros(-1_840).setBrokerClockUncertaintyMicros(900);
        assertThat(LogReader.status(said(status.build())).clock())
                .isEqualTo(new InstanceClock(-1_840, 900));
    }

    @Test
    void aStrangerIsDescribedByItsAddress() {
        SessionEvent event =
                SessionEvent.newBuilder()
                        .setAdapterEvent(
                                AdapterEvent.newBuilder()
                                        .setInstance("game1")
                                        .setStrangerSeen(
                                                StrangerSeen.newBuilder()
                                                        .setProtocol(Protocol.PROTOCOL_UDP)
                                                        .setSourceAddress(STRANGER)
                                                        .setSourcePort(2350)
                                                        .setDestinationAddress(
                                                                ByteString.fromHex("7f010002"))
                                                        .setDestinationPort(2350)
                                                        .setPackets(2)))
                        .build();

        assertThat(LogReader.event(event).toString())
                .contains(
                        "2 datagrams from a stranger, 127.9.9.9:2350, to 127.1.0.2:2350: ignored");
    }

    private static ControlEvent said(AdapterStatus status) {
        return ControlEvent.newBuilder().setLab("default").setAdapterStatus(status).build();
    }
}
