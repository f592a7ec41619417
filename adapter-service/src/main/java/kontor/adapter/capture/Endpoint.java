package kontor.adapter.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An address and a port, as the game sees them. */
public record Endpoint(InetAddress address, int port) {

    public static Endpoint of(InetSocketAddress socketAddress) {
        return new Endpoint(socketAddress.getAddress(), socketAddress.getPort());
    }

    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(address, port);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + ":" + port;
    }
}
