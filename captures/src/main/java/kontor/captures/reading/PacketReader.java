package kontor.captures.reading;

import java.util.function.Consumer;

/**
 * Finds packets in frames, which are given in order of time; each frame is in one of them. Never
 * fails: what cannot be read is {@link Packet.Other}. Not thread-safe.
 */
final class PacketReader {

    private final Consumer<Packet> sink;
    private final Defragmenter defragmenter;
    private final Addresses addresses = new Addresses();

    PacketReader(Consumer<Packet> sink) {
        this.sink = sink;
        this.defragmenter = new Defragmenter(sink);
    }

    void on(Frame frame) {
        switch (LinkLayer.parse(frame, addresses)) {
            case Ipv4Packet.Parsed.Ip(Ipv4Packet ip) -> {
                if (ip.fragment()) {
                    defragmenter.take(ip).map(Transport::parse).ifPresent(sink);
                } else {
                    sink.accept(Transport.parse(ip));
                }
            }
            case Ipv4Packet.Parsed.Not(Packet.Other other) -> sink.accept(other);
        }
    }

    void end() {
        defragmenter.end();
    }
}
