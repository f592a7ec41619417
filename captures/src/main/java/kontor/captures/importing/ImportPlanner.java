package kontor.captures.importing;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureException;
import kontor.captures.reading.CaptureSummary;
import kontor.captures.reading.ConversationFold;
import kontor.captures.reading.FrameSource;
import kontor.captures.reading.Listeners;
import kontor.captures.reading.Packet;
import kontor.captures.reading.PacketSource;

/**
 * Finds in a capture what its machines did, each connection and datagram once, in order of time.
 * Reads the capture three times: for the machines, for the beginnings of connections, and for the
 * events. What is in memory is a few words of each machine and connection, and bytes that lack
 * others in front of them, within bounds: so a capture may have any size.
 */
public final class ImportPlanner {

    private final PacketSource packets;
    private final CaptureSummary summary;
    private final List<View> views = new ArrayList<>();

    /**
     * By the interface that a view is all of; none where machines have views by their addresses.
     */
    private final Map<Integer, View> byInterface = new LinkedHashMap<>();

    private final Map<InetAddress, View> byAddress = new LinkedHashMap<>();

    /**
     * Surveys a capture.
     *
     * @param names of machines, which become instances; others are called after their addresses
     * @throws CaptureException if it is no capture, or damaged
     */
    public ImportPlanner(FrameSource frames, Map<InetAddress, String> names)
            throws CaptureException {
        this.packets = new PacketSource(frames);
        Machines machines = new Machines(names);
        this.summary = packets.read(machines::on);
        Listeners listeners = new Listeners(port -> false);
        Map<Integer, ImportedInstance> described = Machines.described(summary);
        if (described.isEmpty()) {
            addressed(machines, listeners);
        } else {
            described.forEach((number, instance) -> {
                ConversationFold fold =
                        new ConversationFold(
                                instance.address(),
                                machines.seen(instance.address()).on(number),
                                listeners);
                View view = View.of(instance, fold, true);
                views.add(view);
                byInterface.put(number, view);
            });
        }
        packets.read(packet -> {
            listeners.add(packet);
            concerned(packet).forEach(view -> view.fold().survey(packet));
        });
        View.choose(views);
    }

    private void addressed(Machines machines, Listeners listeners) {
        Map<InetAddress, String> named = machines.named();
        named.forEach((address, name) -> {
            Map<String, InetAddress> peers = new LinkedHashMap<>();
            named.forEach((other, otherName) -> {
                if (!other.equals(address)) {
                    peers.put(otherName, other);
                }
            });
            ConversationFold fold =
                    new ConversationFold(address, machines.seen(address), listeners);
            View view = View.of(new ImportedInstance(name, address, peers), fold, false);
            views.add(view);
            byAddress.put(address, view);
        });
    }

    /**
     * The same of a capture that is in memory, with all its deeds.
     *
     * @throws IllegalStateException never: frames in memory are a capture
     */
    public static CaptureImport plan(Capture capture, Map<InetAddress, String> names) {
        try {
            ImportPlanner planner = new ImportPlanner(FrameSource.of(capture), names);
            List<ImportedDeed> deeds = new ArrayList<>();
            ImportAccount account = planner.tell(deeds::add);
            return new CaptureImport(planner.instances(), deeds, account);
        } catch (CaptureException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The machines that spoke to each other. */
    public List<ImportedInstance> instances() {
        return views.stream().map(View::instance).distinct().toList();
    }

    /** Whether nobody did anything that can be imported. */
    public boolean isEmpty() {
        return views.stream()
                .allMatch(view -> view.taken().isEmpty() && view.fold().datagrams() == 0);
    }

    /** Of the capture. */
    public int frames() {
        return summary.frames();
    }

    /**
     * Tells what everybody did, in order of time, and accounts for every frame. Once.
     *
     * @throws CaptureException if the capture is not what it was when it was surveyed
     */
    public ImportAccount tell(Consumer<ImportedDeed> deeds) throws CaptureException {
        ImportAccounting accounting = new ImportAccounting(summary, views);
        DeedTeller teller = new DeedTeller(deeds);
        for (View view : views) {
            view.fold().begin(teller.of(view, accounting));
        }
        packets.read(packet -> {
            List<View> concerned = concerned(packet);
            Optional<View> accountable = accountable(packet, concerned);
            if (accountable.isEmpty()) {
                accounting.onNobodys(packet);
            }
            concerned.forEach(
                    view -> view.fold().follow(packet, accountable.equals(Optional.of(view))));
        });
        return accounting.finish();
    }

    private List<View> concerned(Packet packet) {
        return switch (packet) {
            case Packet.Tcp tcp ->
                    concerned(
                            tcp.place().interfaceId(),
                            tcp.source().getAddress(),
                            tcp.destination().getAddress());
            case Packet.Udp udp ->
                    concerned(
                            udp.place().interfaceId(),
                            udp.source().getAddress(),
                            udp.destination().getAddress());
            case Packet.Other _ -> List.of();
        };
    }

    private List<View> concerned(int interfaceId, InetAddress source, InetAddress destination) {
        List<View> concerned = new ArrayList<>(2);
        if (byAddress.isEmpty()) {
            Optional.ofNullable(byInterface.get(interfaceId)).ifPresent(concerned::add);
        } else {
            Optional.ofNullable(byAddress.get(source)).ifPresent(concerned::add);
            Optional.ofNullable(byAddress.get(destination))
                    .filter(view -> !concerned.contains(view))
                    .ifPresent(concerned::add);
        }
        return concerned;
    }

    /**
     * The view whose word on a packet counts: where it is in a connection that is imported from
     * there, or a datagram that was sent there; else where it may be a copy.
     */
    private static Optional<View> accountable(Packet packet, List<View> concerned) {
        return switch (packet) {
            case Packet.Tcp tcp ->
                    concerned.stream()
                            .filter(view ->
                                    view.fold().counts(packet)
                                            && view.taken().contains(view.fold().connectionOf(tcp)))
                            .findFirst()
                            .or(() ->
                                    concerned.stream()
                                            .filter(view ->
                                                    view.fold().concerns(packet)
                                                            && !view.fold().counts(packet))
                                            .findFirst());
            case Packet.Udp udp ->
                    concerned.stream()
                            .filter(view ->
                                    view.fold().concerns(packet)
                                            && (view.whole()
                                                    || view.instance()
                                                            .address()
                                                            .equals(udp.source().getAddress())))
                            .findFirst();
            case Packet.Other _ -> Optional.empty();
        };
    }
}
