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

/**
 * Makes up what the adapters of two games would capture, by UDP and by TCP. The games are {@code
 * game1} and {@code game2}; each numbers its events from 1.
 */
public final class RehearsedGames {

    private static final int PORT = 2300;
    private static final ByteString PAYLOAD = ByteString.copyFrom(new byte[200]);

    private final String lab;
    private final String[] runs = {UUID.randomUUID().toString(), UUID.randomUUID().toString()};
    private final long[] sequences = new long[runs.length];
    private final long[] sent = new long[runs.length];

    public RehearsedGames(String lab) {
        this.lab = lab;
    }

    /** The run of the first game or the second. */
    public String run(int game) {
        return runs[game - 1];
    }

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
        return List.of(datagram(1, PAYLOAD), datagram(2, PAYLOAD), flowData(1), flowData(2));
    }

    /** A run starts and names its addresses. */
    public AdapterEvent starts(int game) {
        int other = 3 - game;
        return event(game)
                .setRunStarted(
                        RunStarted.newBuilder()
                                .setInstanceAddress(address(game, game))
                                .putPeerAddresses("game" + other, address(game, other)))
                .build();
    }

    /** A game sends a datagram to the other. */
    public AdapterEvent datagram(int game, ByteString payload) {
        return event(game)
                .setDatagram(
                        Datagram.newBuilder()
                                .setSource(endpoint(game, game))
                                .setDestination(endpoint(game, 3 - game))
                                .setPayload(payload))
                .setPayloadCrc32C(crc32c(payload))
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
                .setPayloadCrc32C(crc32c(PAYLOAD))
                .build();
    }

    /** A game's next event, of which nothing is said yet but who captured it when. */
    public AdapterEvent.Builder event(int game) {
        return AdapterEvent.newBuilder()
                .setLab(lab)
                .setInstance("game" + game)
                .setRunId(run(game))
                .setAdapterSequence(++sequences[game - 1])
                .setCapturedAtMicros(WallClock.nowMicros());
    }

    private FlowReference flow() {
        return FlowReference.newBuilder().setRunId(run(1)).setNumber(1).build();
    }

    /** Each game sees the other under an address of its own network. */
    public static Endpoint endpoint(int network, int game) {
        return Endpoint.newBuilder().setAddress(address(network, game)).setPort(PORT).build();
    }

    private static int crc32c(ByteString payload) {
        return Bytes.copyOf(payload.toByteArray()).crc32c();
    }

    private static ByteString address(int network, int game) {
        return ByteString.copyFrom(new byte[] {127, (byte) network, 0, (byte) game});
    }
}
