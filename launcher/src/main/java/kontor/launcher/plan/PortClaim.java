package kontor.launcher.plan;

import java.net.InetAddress;

/**
 * A port that a process is going to listen on.
 *
 * @param process the process that listens on it
 * @param remedy how a person gives that process another one
 */
public record PortClaim(
        String process, Transport transport, InetAddress address, int port, String remedy) {

    /** One that can be set by its name, on loopback. */
    static PortClaim own(String process, int port, PortName name) {
        return new PortClaim(process, Transport.TCP, StackPlanner.LOOPBACK, port, name.remedy());
    }
}
