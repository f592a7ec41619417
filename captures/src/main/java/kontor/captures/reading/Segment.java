package kontor.captures.reading;

/**
 * A segment of a connection.
 *
 * @param order its place among all packets
 */
record Segment(Packet.Tcp tcp, boolean byGame, long order) {

    boolean opens() {
        return tcp.syn() && !tcp.ack() && !tcp.rst();
    }

    boolean accepts() {
        return tcp.syn() && tcp.ack() && !tcp.rst();
    }

    /** Whether it has a part in a stream: bytes, or its end. */
    boolean hasPart() {
        return tcp.payload().length() + tcp.missing() > 0 || tcp.fin();
    }

    int frame() {
        return tcp.frame().number();
    }
}
