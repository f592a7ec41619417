package kontor.captures.importing;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureInterface;
import kontor.captures.reading.Conversation;
import kontor.captures.reading.Frame;
import kontor.captures.reading.Packet;
import kontor.captures.reading.Packets;
import kontor.vocabulary.InstanceName;

/**
 * From where a capture is to be looked at: from each machine that spoke with another. A capture
 * that Kontor wrote says which interface is whose network, and who has which address there; then
 * each instance's interface is looked at alone.
 */
final class Views {

    private Views() {}

    /**
     * One instance's view.
     *
     * @param whole whether others' datagrams to it are its peers' to tell: the view is all that
     *     there is of them
     */
    record View(ImportedInstance instance, Conversation conversation, boolean whole) {}

    static List<View> of(Capture capture, Packets packets, Map<InetAddress, String> names) {
        Map<Integer, ImportedInstance> described = described(capture);
        if (!described.isEmpty()) {
            List<View> views = new ArrayList<>();
            described.forEach((number, instance) -> {
                List<Frame> frames =
                        capture.frames().stream()
                                .filter(frame -> frame.interfaceId() == number)
                                .toList();
                Packets own = Packets.of(new Capture(capture.interfaces(), frames, 0, 0, 0, null));
                views.add(new View(instance, Conversation.of(own, instance.address()), true));
            });
            return views;
        }
        Map<InetAddress, String> machines = machines(packets, names);
        List<View> views = new ArrayList<>();
        machines.forEach((address, name) -> {
            Map<String, InetAddress> peers = new LinkedHashMap<>();
            machines.forEach((other, otherName) -> {
                if (!other.equals(address)) {
                    peers.put(otherName, other);
                }
            });
            views.add(
                    new View(
                            new ImportedInstance(name, address, peers),
                            Conversation.of(packets, address),
                            false));
        });
        return views;
    }

    /** Interfaces of which a description says whose they are; empty where not all have one. */
    private static Map<Integer, ImportedInstance> described(Capture capture) {
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

    /** Who spoke to a single machine, and who was spoken to so, in order of appearance. */
    private static Map<InetAddress, String> machines(
            Packets packets, Map<InetAddress, String> names) {
        Map<InetAddress, String> machines = new LinkedHashMap<>();
        for (Packet packet : packets.all()) {
            switch (packet) {
                case Packet.Tcp tcp -> {
                    name(machines, tcp.source().getAddress(), names);
                    name(machines, tcp.destination().getAddress(), names);
                }
                case Packet.Udp udp -> {
                    if (udp.cast() != Packet.Cast.MULTICAST) {
                        name(machines, udp.source().getAddress(), names);
                        if (udp.cast() == Packet.Cast.ONE) {
                            name(machines, udp.destination().getAddress(), names);
                        }
                    }
                }
                case Packet.Other _ -> {
                    // No part of any conversation.
                }
            }
        }
        return machines;
    }

    private static void name(
            Map<InetAddress, String> machines,
            InetAddress address,
            Map<InetAddress, String> names) {
        machines.computeIfAbsent(
                address,
                _ ->
                        names.getOrDefault(
                                address,
                                "host-"
                                        + address.getHostAddress()
                                                .replace('.', '-')
                                                .replace(':', '-')));
    }
}
