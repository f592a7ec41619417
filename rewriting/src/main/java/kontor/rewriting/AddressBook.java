package kontor.rewriting;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Who has which address in whose network. An instance sees itself at its own address and the others
 * at the peer addresses that its adapter holds. Ports are the same for all: adapters pass them on
 * as they are.
 */
public final class AddressBook {

    /** In a message: the address that the message came from. */
    private static final Bytes ANY = Bytes.ofHex("00000000");

    private final Map<InstanceName, Network> networks = new TreeMap<>();

    /** Viewer to address to whose it is. */
    private final Map<InstanceName, Map<Bytes, InstanceName>> owners = new HashMap<>();

    /**
     * The addresses in the network of one instance.
     *
     * @param own the game's, the primary one first; empty while it is not known
     * @param peers where this instance sees the others
     */
    public record Network(InstanceName instance, List<Bytes> own, Map<InstanceName, Bytes> peers) {

        public Network {
            own = List.copyOf(own);
            peers = Map.copyOf(peers);
        }
    }

    private AddressBook(Collection<Network> all) {
        for (Network network : all) {
            networks.put(network.instance, network);
            Map<Bytes, InstanceName> seen = new HashMap<>();
            network.own.forEach(address -> seen.putIfAbsent(address, network.instance));
            // Sorted: of two that claim one address the same one always gets it.
            new TreeMap<>(network.peers)
                    .forEach((instance, address) -> seen.putIfAbsent(address, instance));
            owners.put(network.instance, seen);
        }
    }

    public static AddressBook of(Collection<Network> networks) {
        return new AddressBook(networks);
    }

    /** As a lab file has them. */
    public static AddressBook of(Lab lab) {
        List<Network> networks = new ArrayList<>();
        for (LabInstance instance : lab.instances()) {
            Map<InstanceName, Bytes> peers = new HashMap<>();
            instance.peers().forEach((name, address) -> peers.put(name, bytes(address)));
            networks.add(
                    new Network(
                            instance.name(),
                            instance.addresses().stream().map(AddressBook::bytes).toList(),
                            peers));
        }
        return new AddressBook(networks);
    }

    private static Bytes bytes(InetAddress address) {
        return Bytes.owning(address.getAddress());
    }

    /** Where {@code viewer} sees {@code instance}; null if it cannot be reached from there. */
    public @Nullable Bytes seenBy(InstanceName viewer, InstanceName instance) {
        @Nullable Network network = networks.get(viewer);
        if (network == null) {
            return null;
        }
        if (viewer.equals(instance)) {
            return network.own.isEmpty() ? null : network.own.getFirst();
        }
        return network.peers.get(instance);
    }

    /** Whose address it is in the network of {@code viewer}; null if it is nobody's. */
    public @Nullable InstanceName ownerOf(InstanceName viewer, Bytes address) {
        return owners.getOrDefault(viewer, Map.of()).get(address);
    }

    /** All addresses that mean somebody in the network of {@code viewer}. */
    Set<Bytes> known(InstanceName viewer) {
        return owners.getOrDefault(viewer, Map.of()).keySet();
    }

    /** Whether some instance is seen at different addresses, its own included. */
    public boolean networksDiffer() {
        for (InstanceName instance : networks.keySet()) {
            Set<Bytes> seen = new HashSet<>();
            for (InstanceName viewer : networks.keySet()) {
                @Nullable Bytes address = seenBy(viewer, instance);
                if (address != null) {
                    seen.add(address);
                }
            }
            if (seen.size() > 1) {
                return true;
            }
        }
        return false;
    }

    /** What an address in a message becomes. */
    sealed interface Translation {

        /** It means the same to the receiver, or "where this came from". */
        record Same() implements Translation {}

        record Other(Bytes address) implements Translation {}

        /** It means nobody to the sender. */
        record Nobodys() implements Translation {}

        /** It means {@code instance}, for which the receiver has no IPv4 address. */
        record OutOfReach(InstanceName instance) implements Translation {}
    }

    /** What {@code address}, which {@code way.from()} wrote, must be for {@code way.to()}. */
    Translation translate(Way way, Bytes address) {
        if (address.equals(ANY)) {
            return new Translation.Same();
        }
        @Nullable InstanceName meant = ownerOf(way.from(), address);
        if (meant == null) {
            return new Translation.Nobodys();
        }
        @Nullable Bytes seen = seenBy(way.to(), meant);
        if (seen == null || seen.length() != ANY.length()) {
            return new Translation.OutOfReach(meant);
        }
        return seen.equals(address) ? new Translation.Same() : new Translation.Other(seen);
    }

    /** What all addresses that begin with {@code head} begin with for the receiver. */
    Set<Bytes> translatedHeads(Way way, Bytes head) {
        Set<Bytes> candidates = new LinkedHashSet<>(known(way.from()));
        candidates.add(ANY);
        Set<Bytes> heads = new LinkedHashSet<>();
        for (Bytes candidate : candidates) {
            if (candidate.length() == ANY.length()
                    && candidate.slice(0, head.length()).equals(head)) {
                heads.add(
                        translate(way, candidate) instanceof Translation.Other(Bytes other)
                                ? other.slice(0, head.length())
                                : head);
            }
        }
        return heads;
    }
}
