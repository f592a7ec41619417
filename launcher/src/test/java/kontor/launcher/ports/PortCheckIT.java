package kontor.launcher.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import kontor.launcher.plan.PortClaim;
import kontor.launcher.plan.Transport;
import org.junit.jupiter.api.Test;

final class PortCheckIT {

    @Test
    void aBusyTcpPortIsNamedWithItsOwnerAndTheWayOut() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<BusyPort> busy =
                    PortCheck.busy(List.of(claim(Transport.TCP, other.getLocalPort())));

            assertThat(busy).hasSize(1);
            assertThat(busy.getFirst().toString())
                    .isEqualTo(
                            "gateway: tcp 127.0.0.1:%d is taken by process %d (java);"
                                            .formatted(
                                                    other.getLocalPort(),
                                                    ProcessHandle.current().pid())
                                    + " to change it: --gateway-port");
        }
    }

    @Test
    void aBusyUdpPortIsFoundToo() throws IOException {
        try (DatagramSocket other =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThat(PortCheck.busy(List.of(claim(Transport.UDP, other.getLocalPort()))))
                    .hasSize(1);
        }
    }

    @Test
    void freePortsAreFreeAndNeverGivenTwice() {
        FreePorts ports = new FreePorts();

        int first = ports.getAsInt();
        int second = ports.getAsInt();

        assertThat(first).isNotEqualTo(second);
        assertThat(PortCheck.busy(List.of(claim(Transport.TCP, first)))).isEmpty();
    }

    private static PortClaim claim(Transport transport, int port) {
        return new PortClaim(
                "gateway", transport, InetAddress.getLoopbackAddress(), port, "--gateway-port");
    }
}
