package kontor.launcher.ports;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import kontor.launcher.plan.PortClaim;
import kontor.launcher.plan.Transport;

/**
 * Gives free ports of 127.0.0.1, each once. From below the range out of which the system serves
 * outgoing connections: one of those could take the port before its service is there.
 */
public final class FreePorts implements IntSupplier {

    private static final int LOWEST = 20_000;
    private static final int BEHIND_HIGHEST = 32_000;
    private static final int MOST_ATTEMPTS = 10_000;

    private final Set<Integer> given = new HashSet<>();

    @Override
    public int getAsInt() {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEHIND_HIGHEST);
            if (given.add(port) && free(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no free port from %d to %d".formatted(LOWEST, BEHIND_HIGHEST - 1));
    }

    private static boolean free(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return PortCheck.busy(List.of(new PortClaim("any", Transport.TCP, loopback, port, "")))
                .isEmpty();
    }
}
