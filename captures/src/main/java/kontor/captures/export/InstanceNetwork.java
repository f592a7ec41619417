package kontor.captures.export;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which address is whose in an instance's network.
 *
 * @param addresses instance to address, its own included
 */
public record InstanceNetwork(String instance, Map<String, String> addresses) {

    public InstanceNetwork {
        addresses = Map.copyOf(addresses);
    }

    /** For the interface's description: {@code game1=127.1.0.1 game2=127.1.0.2}. */
    public String description() {
        return new TreeMap<>(addresses)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }
}
