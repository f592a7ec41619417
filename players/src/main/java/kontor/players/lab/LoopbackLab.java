package kontor.players.lab;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.lab.FreezeMethod;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.lab.PortSet;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;

/**
 * Labs on plain loopback: in the network of instance j, which is 127.(first + j).0, instance k has
 * address .k; j and k count from 1.
 */
public final class LoopbackLab {

    private LoopbackLab() {}

    /**
     * @param first 0 for the usual addresses, 127.1.0.1 and so on; others keep labs apart that run
     *     at the same time
     * @param instances 1 to 4, called game1, game2 ...
     * @param ports TCP and UDP alike
     */
    public static Lab of(int first, int instances, PortSet ports) {
        return of(first, instances, ports, false);
    }

    /** The same; if wanted, with .255 as the broadcast address of each network. */
    public static Lab of(int first, int instances, PortSet ports, boolean broadcast) {
        List<LabInstance> all = new ArrayList<>();
        for (int j = 1; j <= instances; j++) {
            Map<InstanceName, InetAddress> peers = new LinkedHashMap<>();
            for (int k = 1; k <= instances; k++) {
                if (k != j) {
                    peers.put(name(k), address(first + j, k));
                }
            }
            all.add(
                    new LabInstance(
                            name(j),
                            address(first + j, j),
                            peers,
                            broadcast ? address(first + j, 255) : null,
                            null,
                            new FreezeMethod.None()));
        }
        return new Lab(new LabName("default"), ports, ports, all);
    }

    private static InstanceName name(int k) {
        return new InstanceName("game" + k);
    }

    private static InetAddress address(int network, int host) {
        return InetAddress.ofLiteral("127.%d.0.%d".formatted(network, host));
    }
}
