package kontor.lab;

import java.util.BitSet;
import java.util.stream.IntStream;

/** An immutable set of port numbers, 1 to 65535. */
public final class PortSet {

    private static final int HIGHEST = 65_535;

    private final BitSet ports;

    private PortSet(BitSet ports) {
        this.ports = ports;
    }

    /** From {@code "47624"}, {@code "2300-2400"} or several of them separated by commas. */
    public static PortSet parse(String text) {
        BitSet ports = new BitSet();
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                addRange(ports, part.strip());
            }
        }
        return new PortSet(ports);
    }

    private static void addRange(BitSet ports, String range) {
        String[] ends = range.split("-", -1);
        if (ends.length > 2) {
            throw notAllowed(range);
        }
        int first = port(ends[0].strip(), range);
        int last = ends.length == 1 ? first : port(ends[1].strip(), range);
        if (last < first) {
            throw notAllowed(range);
        }
        ports.set(first, last + 1);
    }

    private static int port(String text, String range) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= HIGHEST) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw notAllowed(range);
        }
        throw notAllowed(range);
    }

    private static IllegalArgumentException notAllowed(String range) {
        return new IllegalArgumentException(
                "'%s' is no port: allowed are a number from 1 to 65535 or a rising range like 2300-2400"
                        .formatted(range));
    }

    public boolean contains(int port) {
        return port >= 0 && ports.get(port);
    }

    public int size() {
        return ports.cardinality();
    }

    /** Rising. */
    public IntStream stream() {
        return ports.stream();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortSet that && ports.equals(that.ports);
    }

    @Override
    public int hashCode() {
        return ports.hashCode();
    }

    /** As {@link #parse} reads it: {@code "2300-2400, 47624"}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int first = ports.nextSetBit(0); first >= 0; ) {
            int last = ports.nextClearBit(first) - 1;
            if (!text.isEmpty()) {
                text.append(", ");
            }
            text.append(first);
            if (last > first) {
                text.append('-').append(last);
            }
            first = ports.nextSetBit(last + 1);
        }
        return text.toString();
    }
}
