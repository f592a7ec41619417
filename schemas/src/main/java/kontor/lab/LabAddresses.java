package kontor.lab;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The addresses of a lab file seen so far. In one instance's network an address that stands twice
 * could not tell who is meant, and one of another family never reaches the others; two games with
 * one address could not be told apart.
 */
final class LabAddresses {

    /** Takes what is wrong, and where. */
    interface Problems {

        void add(Node node, String format, Object... arguments);
    }

    private final Problems problems;

    /** The games' own, and whose. */
    private final Map<InetAddress, String> games = new HashMap<>();

    LabAddresses(Problems problems) {
        this.problems = problems;
    }

    OfInstance ofInstance(String instance) {
        return new OfInstance(instance);
    }

    /** Those of one instance's network. */
    final class OfInstance {

        private final String instance;
        private final Map<InetAddress, String> roles = new LinkedHashMap<>();

        OfInstance(String instance) {
            this.instance = instance;
        }

        /** One of the game's own. */
        void takeOwn(Node node, InetAddress address) {
            take(node, address, "address");
            @Nullable String other = games.putIfAbsent(address, instance);
            if (other != null && !other.equals(instance)) {
                problems.add(
                        node,
                        "address %s of instance '%s' is that of instance '%s' too",
                        address.getHostAddress(),
                        instance,
                        other);
            }
        }

        /**
         * Any other.
         *
         * @param role what it is there for
         */
        void take(Node node, InetAddress address, String role) {
            roles.keySet().stream()
                    .filter(known -> !known.getClass().equals(address.getClass()))
                    .findFirst()
                    .ifPresent(known ->
                            problems.add(
                                    node,
                                    "%s cannot be reached from %s in the network of instance '%s':"
                                            + " one is IPv4, the other IPv6",
                                    address.getHostAddress(),
                                    known.getHostAddress(),
                                    instance));
            @Nullable String other = roles.putIfAbsent(address, role);
            if (other != null) {
                problems.add(
                        node,
                        "address %s of instance '%s' is used twice: as %s and as %s",
                        address.getHostAddress(),
                        instance,
                        other,
                        role);
            }
        }
    }
}
