package kontor.players.replay;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kontor.captures.reading.Capture;
import kontor.captures.reading.LinkType;
import kontor.captures.reading.Packet;
import kontor.captures.reading.Packets;

/** Says why a capture holds nothing of a game that is mapped. */
final class NothingToPlay {

    private NothingToPlay() {}

    /** One sentence with what the capture holds instead. */
    static String from(InetAddress game, Capture capture, Packets packets) {
        if (capture.frames().isEmpty()) {
            return "the capture has no packets"
                    + capture.brokenOff().map(where -> "; the file breaks off " + where).orElse("");
        }
        Map<String, Integer> sources = new HashMap<>();
        Map<String, Integer> unread = new HashMap<>();
        for (Packet packet : packets.all()) {
            Optional<InetAddress> source =
                    switch (packet) {
                        case Packet.Tcp tcp -> Optional.of(tcp.source().getAddress());
                        case Packet.Udp udp -> Optional.of(udp.source().getAddress());
                        case Packet.Other other -> {
                            if (other.nature() != Packet.Nature.NOISE) {
                                unread.merge(other.kind(), other.frames().size(), Integer::sum);
                            }
                            yield Optional.empty();
                        }
                    };
            source.ifPresent(address -> sources.merge(address.getHostAddress(), 1, Integer::sum));
        }
        StringBuilder text =
                new StringBuilder("nothing in the capture comes from ")
                        .append(game.getHostAddress());
        if (!unread.isEmpty()) {
            text.append(
                    "; %d of its %d frames cannot be read: %s (supported are %s)"
                            .formatted(
                                    unread.values().stream().mapToInt(Integer::intValue).sum(),
                                    capture.frames().size(),
                                    most(unread),
                                    LinkType.SUPPORTED));
        }
        if (!sources.isEmpty()) {
            text.append("; TCP and UDP come from ").append(most(sources));
        }
        return text.toString();
    }

    private static String most(Map<String, Integer> counted) {
        return String.join(
                ", ",
                counted.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Integer>comparingByValue()
                                        .reversed()
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(8)
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .toList());
    }
}
