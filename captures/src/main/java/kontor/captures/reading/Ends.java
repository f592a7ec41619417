package kontor.captures.reading;

import java.net.InetAddress;
import java.util.Optional;
import kontor.captures.reading.Packet.Place;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** Who spoke with whom in a packet, where, and what; nothing of what is neither TCP nor UDP. */
final class Ends {

    private Ends() {}

    static @Nullable InetAddress source(Packet packet) {
        return switch (packet) {
            case Packet.Tcp tcp -> tcp.source().getAddress();
            case Packet.Udp udp -> udp.source().getAddress();
            case Packet.Other _ -> null;
        };
    }

    static @Nullable InetAddress destination(Packet packet) {
        return switch (packet) {
            case Packet.Tcp tcp -> tcp.destination().getAddress();
            case Packet.Udp udp -> udp.destination().getAddress();
            case Packet.Other _ -> null;
        };
    }

    static Optional<Place> place(Packet packet) {
        return switch (packet) {
            case Packet.Tcp tcp -> Optional.of(tcp.place());
            case Packet.Udp udp -> Optional.of(udp.place());
            case Packet.Other _ -> Optional.empty();
        };
    }

    static Bytes payload(Packet packet) {
        return switch (packet) {
            case Packet.Tcp tcp -> tcp.payload();
            case Packet.Udp udp -> udp.payload();
            case Packet.Other _ -> Bytes.empty();
        };
    }
}
