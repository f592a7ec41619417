package kontor.captures.importing;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kontor.captures.reading.CaptureInterface;
import kontor.captures.reading.CaptureSummary;
import kontor.captures.reading.Packet;
import kontor.captures.reading.PlacesSeen;
import kontor.vocabulary.InstanceName;

/**
 * Who is in a capture: each machine that spoke with another. A capture that Kontor wrote says
 * itself which interface is whose network, and who has which address there. Takes all packets.
 */
final class Machines {

    private final Map<InetAddress, String> given;
    private final Map<InetAddress, PlacesSeen> places = new LinkedHashMap<>();

    /** In the order of their appearance. */
    private final Set<InetAddress> speaking = new LinkedHashSet<>();

    /**
     * @param given names of machines; others are called after their addresses
     */
    Machines(Map<InetAddress, String> given) {
        this.given = given;
    }

    void on(Packet packet) {
        switch (packet) {
            case Packet.Tcp tcp -> {
                InetAddress source = tcp.source().getAddress();
                InetAddress destination = tcp.destination().getAddress();
                seen(source).add(packet, source);
                seen(destination).add(packet, destination);
                speaking.add(source);
                speaking.add(destination);
            }
            case Packet.Udp udp -> {
                InetAddress source = udp.source().getAddress();
                InetAddress destination = udp.destination().getAddress();
                seen(source).add(packet, source);
                seen(destination).add(packet, destination);
                if (udp.cast() != Packet.Cast.MULTICAST) {
                    speaking.add(source);
                    if (udp.cast() == Packet.Cast.ONE) {
                        speaking.add(destination);
                    }
                }
            }
            case Packet.Other _ -> {
                // No part of any conversation.
            }
        }
    }

    /** Where a machine's packets were; nowhere for one that has none. */
    PlacesSeen seen(InetAddress machine) {
        return places.computeIfAbsent(machine, _ -> new PlacesSeen());
    }

    /** Every machine that spoke to a single one, and was spoken to so, with its name. */
    Map<InetAddress, String> named() {
        Map<InetAddress, String> machines = new LinkedHashMap<>();
        for (InetAddress address : speaking) {
            machines.put(
                    address,
                    given.getOrDefault(
                            address,
                            "host-"
                                    + address.getHostAddress()
                                            .replace('.', '-')
                                            .replace(':', '-')));
        }
        return machines;
    }

    /** Whose interfaces they are, where a description says so. */
    static Map<Integer, ImportedInstance> described(CaptureSummary capture) {
        Map<Integer, ImportedInstance> found = new LinkedHashMap<>();
        for (int i = 0; i < capture.interfaces().size(); i++) {
            Optional<ImportedInstance> instance = described(capture.interfaces().get(i));
            if (instance.isPresent()) {
                found.put(i, instance.get());
            }
        }
        return found;
    }

    /** {@code game1=127.1.0.1 game2=127.1.0.2} on the interface game1. */
    private static Optional<ImportedInstance> described(CaptureInterface one) {
        Map<String, InetAddress> peers = new LinkedHashMap<>();
        for (String part : one.description().split(" ", -1)) {
            int sign = part.indexOf('=');
            if (sign < 1) {
                return Optional.empty();
            }
            try {
                String name = new InstanceName(part.substring(0, sign)).value();
                peers.put(name, InetAddress.ofLiteral(part.substring(sign + 1)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        InetAddress own = peers.remove(one.name());
        return own == null
                ? Optional.empty()
                : Optional.of(new ImportedInstance(one.name(), own, peers));
    }
}
