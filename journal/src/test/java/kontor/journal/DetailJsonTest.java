package kontor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Set;
import kontor.packets.v1.Protocol;
import kontor.packets.v1.StrangerSeen;
import org.junit.jupiter.api.Test;

class DetailJsonTest {

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
        assertThat(DetailJson.of(stranger, Set.of("payload", "flow")))
                .isEqualTo(
                        "{\"protocol\":\"udp\",\"sourceAddress\":\"127.9.9.9\",\"sourcePort\":2350,"
                                + "\"destinationAddress\":\"127.1.0.2\",\"destinationPort\":2350,"
                                + "\"packets\":7}");
    }
}
