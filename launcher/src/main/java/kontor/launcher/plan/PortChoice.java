package kontor.launcher.plan;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the ports are chosen: those given one by one first, the others by a {@link Scheme}.
 *
 * @param given wins over the scheme
 */
public record PortChoice(Map<PortName, Integer> given, Scheme scheme) {

    private static final int HIGHEST = 65_535;

    public PortChoice {
        given = Map.copyOf(given);
    }

    /** The choice for ports that were not specified. */
    public sealed interface Scheme {

        /** The usual ones. */
        record Usual() implements Scheme {}

        /** The usual order, beginning with this port. */
        record Base(int port) implements Scheme {}

        /** Whatever is free. */
        record Free() implements Scheme {}
    }

    public static PortChoice usual() {
        return new PortChoice(Map.of(), new Scheme.Usual());
    }

    public static PortChoice free() {
        return new PortChoice(Map.of(), new Scheme.Free());
    }

    /**
     * @param free gives a port that is free, another one each time
     * @throws IllegalArgumentException if a port is none, or two processes would have the same
     */
    public Ports resolve(int adapters, IntSupplier free) {
        Map<PortName, Integer> chosen = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            if (name != PortName.ADAPTERS) {
                chosen.put(name, one(name, 0, free));
            }
        }
        List<Integer> ofAdapters =
                IntStream.range(0, adapters)
                        .mapToObj(index -> one(PortName.ADAPTERS, index, free))
                        .toList();
        Ports ports =
                new Ports(
                        get(chosen, PortName.GATEWAY),
                        get(chosen, PortName.GATEWAY_MANAGEMENT),
                        get(chosen, PortName.ORCHESTRATOR),
                        get(chosen, PortName.ANALYSIS),
                        get(chosen, PortName.ORCHESTRATOR_2),
                        get(chosen, PortName.JOURNAL),
                        ofAdapters,
                        get(chosen, PortName.KAFKA),
                        get(chosen, PortName.KAFKA_CONTROLLER),
                        get(chosen, PortName.POSTGRES));
        requireSensible(ports.all());
        return ports;
    }

    private int one(PortName name, int index, IntSupplier free) {
        @Nullable Integer first = given.get(name);
        if (first != null) {
            return first + index;
        }
        return switch (scheme) {
            case Scheme.Usual() -> name.usual() + index;
            case Scheme.Base(int port) -> port + name.offset() + index;
            case Scheme.Free() -> free.getAsInt();
        };
    }

    private static int get(Map<PortName, Integer> ports, PortName name) {
        return ports.getOrDefault(name, name.usual());
    }

    private static void requireSensible(List<Integer> ports) {
        Set<Integer> seen = new HashSet<>();
        for (int port : ports) {
            if (port < 1 || port > HIGHEST) {
                throw new IllegalArgumentException(
                        "%d is not a port number; allowed: 1 to %d".formatted(port, HIGHEST));
            }
            if (!seen.add(port)) {
                throw new IllegalArgumentException(
                        "port %d would be used by two processes; choose another one for one of them"
                                .formatted(port));
            }
        }
    }
}
