package kontor.adapter.run;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.net.InetAddress;
import kontor.adapter.game.GameStatus;
import kontor.adapter.kafka.EventEncoder;
import kontor.adapter.relay.StrangerStatus;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.StrangerSource;
import kontor.lab.Lab;
import kontor.lab.LabInstance;

/** What a status says about the game's network, and who else was in it. */
final class NetworkStatus {

    /** Of the sources remembered: a status goes out every second. */
    private static final int MOST_SOURCES = 8;

    private NetworkStatus() {}

    static void put(AdapterStatus.Builder status, Lab lab, LabInstance instance, GameStatus game) {
        status.setTcpPorts(lab.tcpPorts().toString()).setUdpPorts(lab.udpPorts().toString());
        if (game.gameAddressOrNull() != null) {
            status.setGameAddress(bytes(game.gameAddressOrNull()));
        }
        instance.peers()
                .forEach((name, held) -> status.putPeerAddresses(name.value(), bytes(held)));
        if (instance.broadcastOrNull() != null) {
            status.setBroadcastAddress(bytes(instance.broadcastOrNull()));
        }
        status.setStrangerPackets(game.strangers().packets());
        game.strangers().sources().stream()
                .limit(MOST_SOURCES)
                .forEach(source -> status.addStrangers(source(source)));
    }

    private static StrangerSource source(StrangerStatus.Source source) {
        return StrangerSource.newBuilder()
                .setProtocol(EventEncoder.protocol(source.protocol()))
                .setAddress(bytes(source.address()))
                .setPackets(source.packets())
                .build();
    }

    private static ByteString bytes(InetAddress address) {
        return UnsafeByteOperations.unsafeWrap(address.getAddress());
    }
}
