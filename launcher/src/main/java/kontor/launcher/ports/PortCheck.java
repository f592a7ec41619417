package kontor.launcher.ports;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kontor.launcher.plan.PortClaim;

/** Tries ports out by binding them for a moment. */
public final class PortCheck {

    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    private PortCheck() {}

    /** Those of the claims that cannot be bound now. Several hundred take a few milliseconds. */
    public static List<BusyPort> busy(List<PortClaim> claims) {
        List<BusyPort> busy = new ArrayList<>();
        for (PortClaim claim : claims) {
            refusal(claim)
                    .ifPresent(reason ->
                            busy.add(
                                    new BusyPort(
                                            claim, reason, PortOwners.of(claim).orElse(null))));
        }
        return busy;
    }

    /** Whether somebody accepts connections on this port of 127.0.0.1. */
    public static boolean listening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> refusal(PortClaim claim) {
        InetSocketAddress address = new InetSocketAddress(claim.address(), claim.port());
        return switch (claim.transport()) {
            case TCP -> tcpRefusal(address);
            case UDP -> udpRefusal(address);
        };
    }

    private static Optional<String> tcpRefusal(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the services do: a connection that has just ended is no obstacle.
            socket.setReuseAddress(true);
            socket.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> udpRefusal(InetSocketAddress address) {
        try (DatagramSocket socket = new DatagramSocket(address)) {
            return socket.isBound() ? Optional.empty() : Optional.of("not bound");
        } catch (SocketException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
