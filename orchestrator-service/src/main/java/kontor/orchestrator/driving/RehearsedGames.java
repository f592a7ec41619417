package kontor.orchestrator.driving;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
import kontor.orchestrator.kafka.WallClock;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowAccepted;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowOpened;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.RunStarted;
import kontor.vocabulary.Bytes;

/** Makes up what the adapters of two games would capture, by UDP and by TCP. */
final class RehearsedGames {

    private static final int PORT = 2300;
    private static final ByteString PAYLOAD = ByteString.copyFrom(new byte[200]);
    private static final int CRC32C = Bytes.copyOf(PAYLOAD.toByteArray()).crc32c();

    private final String[] runs = {UUID.randomUUID().toString(), UUID.randomUUID().toString()};
    private final long[] sequences = new long[runs.length];
    private final long[] sent = new long[runs.length];

    /** Both games start, and the first opens a flow to the second. */
    List<AdapterEvent> beginning() {
        return List.of(
                starts(1),
                starts(2),
                event(1).setFlowOpened(
                                FlowOpened.newBuilder()
                                        .setFlow(flow())
                                        .setSource(endpoint(1, 1))
                                        .setDestination(endpoint(1, 2)))
                        .build(),
                event(2).setFlowAccepted(FlowAccepted.newBuilder().setFlow(flow())).build());
    }

    /** Each game sends the other a datagram and a piece of the flow. */
    List<AdapterEvent> round() {
        return List.of(datagram(1), datagram(2), flowData(1), flowData(2));
    }

    private AdapterEvent starts(int game) {
        int other = 3 - game;
        return event(game)
                .setRunStarted(
                        RunStarted.newBuilder()
                                .setInstanceAddress(address(game, game))
                                .putPeerAddresses("game" + other, address(game, other)))
                .build();
    }

    private AdapterEvent datagram(int game) {
        return event(game)
                .setDatagram(
                        Datagram.newBuilder()
                                .setSource(endpoint(game, game))
                                .setDestination(endpoint(game, 3 - game))
                                .setPayload(PAYLOAD))
                .setPayloadCrc32C(CRC32C)
                .build();
    }

    private AdapterEvent flowData(int game) {
        long offset = sent[game - 1];
        sent[game - 1] += PAYLOAD.size();
        return event(game)
                .setFlowData(
                        FlowData.newBuilder()
                                .setFlow(flow())
                                .setStreamOffset(offset)
                                .setPayload(PAYLOAD))
                .setPayloadCrc32C(CRC32C)
                .build();
    }

    private AdapterEvent.Builder event(int game) {
        return AdapterEvent.newBuilder()
                .setLab("rehearsal")
                .setInstance("game" + game)
                .setRunId(runs[game - 1])
                .setAdapterSequence(++sequences[game - 1])
                .setCapturedAtMicros(WallClock.nowMicros());
    }

    private FlowReference flow() {
        return FlowReference.newBuilder().setRunId(runs[0]).setNumber(1).build();
    }

    /** Each game sees the other under an address of its own network. */
    private static Endpoint endpoint(int network, int game) {
        return Endpoint.newBuilder().setAddress(address(network, game)).setPort(PORT).build();
    }

    private static ByteString address(int network, int game) {
        return ByteString.copyFrom(new byte[] {127, (byte) network, 0, (byte) game});
    }
}
