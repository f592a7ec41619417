package kontor.captures.reading;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import kontor.captures.reading.Packet.Place;

/**
 * Where a machine's packets were seen: those that it sent, and those that came to it, each in the
 * order of their first. Not thread-safe.
 */
public final class PlacesSeen {

    private final Set<Place> sent = new LinkedHashSet<>();
    private final Set<Place> arrived = new LinkedHashSet<>();

    /** Takes a packet that the machine sent, or that came to it. */
    public void add(Packet packet, InetAddress machine) {
        Optional<Place> place = Ends.place(packet);
        if (machine.equals(Ends.source(packet))) {
            place.ifPresent(sent::add);
        }
        if (machine.equals(Ends.destination(packet))) {
            place.ifPresent(arrived::add);
        }
    }

    /** Only of one interface. */
    public PlacesSeen on(int interfaceId) {
        PlacesSeen seen = new PlacesSeen();
        Predicate<Place> there = place -> place.interfaceId() == interfaceId;
        sent.stream().filter(there).forEach(seen.sent::add);
        arrived.stream().filter(there).forEach(seen.arrived::add);
        return seen;
    }

    /** Where what it sends counts: where it sent first. */
    Optional<Place> own() {
        return sent.stream().findFirst();
    }

    /** Where what comes to it counts: the same place or, if nothing comes there, the first. */
    Optional<Place> arrival() {
        return own().filter(home -> arrived.isEmpty() || arrived.contains(home))
                .or(() -> arrived.stream().findFirst());
    }

    /** Whether a packet may have been seen twice. */
    boolean several() {
        Set<Place> all = new LinkedHashSet<>(sent);
        all.addAll(arrived);
        return all.size() > 1;
    }
}
