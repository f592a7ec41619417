package kontor.captures.importing;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.captures.importing.Views.View;
import kontor.captures.reading.Capture;
import kontor.captures.reading.Connection;
import kontor.captures.reading.Connection.Outcome;
import kontor.captures.reading.Deed;
import kontor.captures.reading.Packets;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** Finds in a capture what its machines did, each connection and datagram once. */
public final class ImportPlanner {

    /** Of time; of several at the same time, that of the file. */
    private static final Comparator<Placed> IN_ORDER =
            Comparator.comparingLong((Placed placed) -> placed.deed.atNanos())
                    .thenComparingInt(placed -> placed.frame)
                    .thenComparingInt(placed -> placed.order);

    private final Capture capture;
    private final Packets packets;
    private final List<View> views;
    private final List<Placed> placed = new ArrayList<>();
    private final Map<String, Set<Integer>> taken = new HashMap<>();
    private int flows;

    private ImportPlanner(Capture capture, Map<InetAddress, String> names) {
        this.capture = capture;
        this.packets = Packets.of(capture);
        this.views = Views.of(capture, packets, names);
    }

    /**
     * A deed, and where it stands in the file; of one frame's deeds, each follows from the last.
     */
    private record Placed(ImportedDeed deed, int frame, int order) {}

    /** Both ends of a connection, whichever of them opened it. */
    private record Ends(Set<InetSocketAddress> ends) {}

    /**
     * Never fails, whatever the capture holds.
     *
     * @param names of machines, which become instances; others are called after their addresses
     */
    public static CaptureImport plan(Capture capture, Map<InetAddress, String> names) {
        return new ImportPlanner(capture, names).plan();
    }

    private CaptureImport plan() {
        Set<Ends> told = new HashSet<>();
        // First who opened them; a connection of which only the other end's view knows comes then.
        for (boolean byOpener : new boolean[] {true, false}) {
            Set<Ends> before = Set.copyOf(told);
            for (View view : views) {
                for (Connection connection : view.conversation().connections()) {
                    Ends ends = ends(view, connection);
                    if (connection.openedByGame() == byOpener
                            && connection.outcome() != Outcome.ONLY_ITS_REST
                            && (byOpener || (!view.whole() && !before.contains(ends)))) {
                        connection(view, connection);
                        told.add(ends);
                    }
                }
            }
        }
        views.forEach(this::datagrams);
        placed.sort(IN_ORDER);
        List<ImportedDeed> deeds = renumbered();
        return new CaptureImport(
                views.stream().map(View::instance).distinct().toList(),
                deeds,
                new ImportAccounting(capture, packets, views, taken).account());
    }

    private static Ends ends(View view, Connection connection) {
        return new Ends(
                Set.of(
                        new InetSocketAddress(view.instance().address(), connection.gamePort()),
                        connection.peer()));
    }

    private void connection(View view, Connection connection) {
        String self = view.instance().name();
        @Nullable String peer = nameOf(view, connection.peer().getAddress());
        if (peer == null) {
            return;
        }
        taken.computeIfAbsent(self, _ -> new HashSet<>()).add(connection.number());
        int flow = ++flows;
        InetSocketAddress own =
                new InetSocketAddress(view.instance().address(), connection.gamePort());
        Course course =
                connection.openedByGame()
                        ? new Course(flow, self, peer, own, connection.peer())
                        : new Course(flow, peer, self, connection.peer(), own);
        record Timed(Deed.InConnection deed, boolean byOpener) {}
        List<Timed> timeline = new ArrayList<>();
        for (boolean byGame : new boolean[] {true, false}) {
            for (Deed deed : byGame ? view.conversation().own() : view.conversation().peers()) {
                if (deed instanceof Deed.InConnection inside
                        && inside.connection() == connection.number()) {
                    timeline.add(new Timed(inside, byGame == connection.openedByGame()));
                }
            }
        }
        timeline.sort(
                Comparator.comparingLong((Timed timed) -> timed.deed.atNanos())
                        .thenComparingInt(timed -> timed.deed.frame()));
        timeline.forEach(timed -> course.on(timed.deed, timed.byOpener));
    }

    private static @Nullable String nameOf(View view, InetAddress address) {
        return view.instance().peers().entrySet().stream()
                .filter(entry -> entry.getValue().equals(address))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** One connection, deed by deed. */
    private final class Course {

        private final int flow;
        private final String opener;
        private final String target;
        private final InetSocketAddress source;
        private final InetSocketAddress destination;
        private boolean opened;
        private long openerWrote;
        private long targetWrote;

        Course(
                int flow,
                String opener,
                String target,
                InetSocketAddress source,
                InetSocketAddress destination) {
            this.flow = flow;
            this.opener = opener;
            this.target = target;
            this.source = source;
            this.destination = destination;
        }

        void on(Deed.InConnection deed, boolean byOpener) {
            long at = deed.atNanos();
            String who = byOpener ? opener : target;
            if (!opened) {
                // Where the capture lacks the beginning, the first deed shows that there was one.
                opened = true;
                add(new ImportedDeed.Opened(at, opener, flow, source, destination), deed, 0);
            }
            switch (deed) {
                case Deed.Opened _ -> {
                    // It was, above.
                }
                case Deed.Accepted _ ->
                        add(
                                new ImportedDeed.Accepted(
                                        at, target, opener, flow, source, destination),
                                deed,
                                1);
                case Deed.Refused _ ->
                        add(new ImportedDeed.Refused(at, target, opener, flow), deed, 1);
                case Deed.Wrote wrote -> wrote(wrote, who, byOpener);
                case Deed.Finished _ ->
                        add(
                                new ImportedDeed.Finished(at, who, opener, flow, length(byOpener)),
                                deed,
                                3);
                case Deed.Reset _ ->
                        add(
                                new ImportedDeed.Reset(at, who, opener, flow, length(byOpener)),
                                deed,
                                4);
            }
        }

        private void wrote(Deed.Wrote wrote, String who, boolean byOpener) {
            Bytes payload = wrote.payload();
            add(
                    new ImportedDeed.Wrote(
                            wrote.atNanos(), who, opener, flow, length(byOpener), payload),
                    wrote,
                    2);
            if (byOpener) {
                openerWrote += payload.length();
            } else {
                targetWrote += payload.length();
            }
        }

        private long length(boolean byOpener) {
            return byOpener ? openerWrote : targetWrote;
        }
    }

    private void datagrams(View view) {
        for (boolean byGame : new boolean[] {true, false}) {
            if (byGame || view.whole()) {
                for (Deed deed : byGame ? view.conversation().own() : view.conversation().peers()) {
                    if (deed instanceof Deed.Datagram datagram) {
                        datagram(view, datagram, byGame);
                    }
                }
            }
        }
    }

    private void datagram(View view, Deed.Datagram datagram, boolean byGame) {
        InetSocketAddress own =
                new InetSocketAddress(view.instance().address(), datagram.gamePort());
        if (byGame) {
            add(
                    new ImportedDeed.Sent(
                            datagram.atNanos(),
                            view.instance().name(),
                            own,
                            datagram.peer(),
                            datagram.payload()),
                    datagram,
                    0);
            return;
        }
        @Nullable String sender = nameOf(view, datagram.peer().getAddress());
        if (sender != null) {
            add(
                    new ImportedDeed.Sent(
                            datagram.atNanos(), sender, datagram.peer(), own, datagram.payload()),
                    datagram,
                    0);
        }
    }

    private void add(ImportedDeed deed, Deed from, int order) {
        placed.add(new Placed(deed, from.frame(), order));
    }

    /** Flows in the order in which they were opened, so that numbers rise in each run. */
    private List<ImportedDeed> renumbered() {
        Map<Integer, Integer> numbers = new HashMap<>();
        List<ImportedDeed> deeds = new ArrayList<>();
        for (Placed one : placed) {
            deeds.add(
                    switch (one.deed) {
                        case ImportedDeed.Opened d -> {
                            numbers.put(d.flow(), numbers.size() + 1);
                            yield new ImportedDeed.Opened(
                                    d.atNanos(),
                                    d.instance(),
                                    numbers.size(),
                                    d.source(),
                                    d.destination());
                        }
                        case ImportedDeed.Accepted d ->
                                new ImportedDeed.Accepted(
                                        d.atNanos(),
                                        d.instance(),
                                        d.opener(),
                                        number(numbers, d),
                                        d.source(),
                                        d.destination());
                        case ImportedDeed.Refused d ->
                                new ImportedDeed.Refused(
                                        d.atNanos(), d.instance(), d.opener(), number(numbers, d));
                        case ImportedDeed.Wrote d ->
                                new ImportedDeed.Wrote(
                                        d.atNanos(),
                                        d.instance(),
                                        d.opener(),
                                        number(numbers, d),
                                        d.offset(),
                                        d.payload());
                        case ImportedDeed.Finished d ->
                                new ImportedDeed.Finished(
                                        d.atNanos(),
                                        d.instance(),
                                        d.opener(),
                                        number(numbers, d),
                                        d.length());
                        case ImportedDeed.Reset d ->
                                new ImportedDeed.Reset(
                                        d.atNanos(),
                                        d.instance(),
                                        d.opener(),
                                        number(numbers, d),
                                        d.length());
                        case ImportedDeed.Sent d -> d;
                    });
        }
        return deeds;
    }

    private static int number(Map<Integer, Integer> numbers, ImportedDeed.InFlow deed) {
        return requireNonNull(numbers.get(deed.flow()));
    }
}
