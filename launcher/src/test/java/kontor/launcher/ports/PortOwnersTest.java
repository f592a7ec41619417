package kontor.launcher.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import kontor.launcher.plan.PortClaim;
import kontor.launcher.plan.Transport;
import org.junit.jupiter.api.Test;

final class PortOwnersTest {

    // As /proc/net/tcp has them: 127.0.0.1:8080 and 0.0.0.0:2300 listen, 127.0.0.1:8081 talks.
    private static final List<String> TABLE =
            List.of(
                    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt  "
                            + " uid  timeout inode",
                    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000   "
                            + "  0        0 111 1 0",
                    "   1: 00000000:08FC 00000000:0000 0A 00000000:00000000 00:00000000 00000000   "
                            + "  0        0 222 1 0",
                    "   2: 0100007F:1F91 0100007F:9C40 01 00000000:00000000 00:00000000 00000000   "
                            + "  0        0 333 1 0");

    @Test
    void whoListensOnTheAddressIsInTheWay() {
        assertThat(PortOwners.inodes(TABLE, claim("127.0.0.1", 8080)))
                .containsExactly("socket:[111]");
    }

    @Test
    void whoListensOnAllAddressesIsInTheWayToo() {
        assertThat(PortOwners.inodes(TABLE, claim("127.1.0.2", 2300)))
                .containsExactly("socket:[222]");
    }

    @Test
    void whoListensOnAnotherAddressIsNot() {
        assertThat(PortOwners.inodes(TABLE, claim("127.1.0.2", 8080))).isEmpty();
    }

    @Test
    void aConnectionIsNot() {
        assertThat(PortOwners.inodes(TABLE, claim("127.0.0.1", 8081))).isEmpty();
    }

    private static PortClaim claim(String address, int port) {
        return new PortClaim("test", Transport.TCP, InetAddress.ofLiteral(address), port, "");
    }
}
