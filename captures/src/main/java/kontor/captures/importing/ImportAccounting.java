package kontor.captures.importing;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.captures.importing.ImportAccount.Fate;
import kontor.captures.importing.ImportAccount.Row;
import kontor.captures.importing.Views.View;
import kontor.captures.reading.Capture;
import kontor.captures.reading.Connection;
import kontor.captures.reading.Connection.Beginning;
import kontor.captures.reading.Connection.Hole;
import kontor.captures.reading.Frame;
import kontor.captures.reading.FrameRole;
import kontor.captures.reading.Packet;
import kontor.captures.reading.Packets;
import org.jspecify.annotations.Nullable;

/** Accounts for every frame of a capture once it is known which connections are imported. */
final class ImportAccounting {

    /** So many places are named; more of them share lines. */
    private static final int PLACES = 100;

    private final Capture capture;
    private final Packets packets;
    private final List<View> views;
    private final Map<String, Set<Integer>> taken;
    private final Map<Integer, Counted> fates = new HashMap<>();
    private final Map<Entry, Sums> sums = new LinkedHashMap<>();
    private int places;

    /**
     * @param taken by instance, the numbers of the connections that are imported from its view
     */
    ImportAccounting(
            Capture capture, Packets packets, List<View> views, Map<String, Set<Integer>> taken) {
        this.capture = capture;
        this.packets = packets;
        this.views = views;
        this.taken = taken;
    }

    private record Entry(Fate fate, String what) {}

    private record Counted(Entry entry, int bytes) {}

    private record Sums(int frames, long bytes, int firstFrame) {

        Sums plus(int frame, int more) {
            return new Sums(frames + 1, bytes + more, frames == 0 ? frame : firstFrame);
        }
    }

    ImportAccount account() {
        for (View view : views) {
            view.conversation()
                    .roles()
                    .forEach((frame, role) -> {
                        @Nullable Entry entry = entry(view, role);
                        if (entry != null) {
                            fates.merge(frame, new Counted(entry, role.bytes()), this::stronger);
                        }
                    });
        }
        for (Packet packet : packets.all()) {
            Counted otherwise = new Counted(ofNobody(packet), 0);
            packet.frames().forEach(frame -> fates.putIfAbsent(frame.number(), otherwise));
        }
        for (Frame frame : capture.frames()) {
            Counted counted = requireNonNull(fates.get(frame.number()));
            sums.put(
                    counted.entry,
                    sums.getOrDefault(counted.entry, new Sums(0, 0, 0))
                            .plus(frame.number(), counted.bytes));
        }
        gaps();
        return new ImportAccount(capture.frames().size(), rows(), remarks());
    }

    private Counted stronger(Counted one, Counted other) {
        return one.entry.fate.compareTo(other.entry.fate) <= 0 ? one : other;
    }

    /** Null where this view has nothing to say of the frame: another one, or nobody, does. */
    private @Nullable Entry entry(View view, FrameRole role) {
        return switch (role.kind()) {
            case DATAGRAM ->
                    role.byGame() || view.whole() ? new Entry(Fate.IMPORTED, "datagrams") : null;
            case COPY -> new Entry(Fate.NOISE, "copy on another interface");
            case ELSEWHERE -> new Entry(Fate.LEFT_OUT, "on another interface only");
            case DATA,
                    HANDSHAKE_OR_END,
                    ACKNOWLEDGEMENT,
                    AGAIN,
                    BEHIND_HOLE,
                    CUT,
                    CONTRADICTION -> {
                boolean imported =
                        taken.getOrDefault(view.instance().name(), Set.of())
                                .contains(role.connection());
                yield imported ? inConnection(view, role) : null;
            }
        };
    }

    private Entry inConnection(View view, FrameRole role) {
        return switch (role.kind()) {
            case DATA -> new Entry(Fate.IMPORTED, "bytes of TCP streams");
            case HANDSHAKE_OR_END -> new Entry(Fate.IMPORTED, "begins and ends of TCP connections");
            case ACKNOWLEDGEMENT -> new Entry(Fate.NOISE, "TCP without payload");
            case BEHIND_HOLE -> new Entry(Fate.INCOMPLETE, "behind a hole" + hole(view, role));
            case CUT ->
                    new Entry(
                            Fate.INCOMPLETE,
                            "cut by the capture, its first bytes are imported" + hole(view, role));
            case CONTRADICTION ->
                    new Entry(
                            Fate.INCOMPLETE,
                            "overlap with other bytes, the first are imported: "
                                    + ends(view, connection(view, role.connection())));
            case AGAIN, DATAGRAM, COPY, ELSEWHERE -> new Entry(Fate.NOISE, "TCP sent again");
        };
    }

    private static Connection connection(View view, int number) {
        return view.conversation().connections().get(number);
    }

    private String hole(View view, FrameRole role) {
        Connection connection = connection(view, role.connection());
        return connection.holes().stream()
                .filter(hole -> hole.byGame() == role.byGame())
                .findFirst()
                .map(hole -> ": " + place(view, connection, hole))
                .orElse("");
    }

    private static String place(View view, Connection connection, Hole hole) {
        String missing = hole.missing() == 0 ? "its end" : hole.missing() + " bytes";
        return "%s, stream of %s: %s missing at byte %d (frame %d)"
                .formatted(
                        ends(view, connection),
                        hole.byGame()
                                ? view.instance().address().getHostAddress()
                                : connection.peer().getAddress().getHostAddress(),
                        missing,
                        hole.offset(),
                        hole.frame());
    }

    private static String ends(View view, Connection connection) {
        String own = text(new InetSocketAddress(view.instance().address(), connection.gamePort()));
        String peer = text(connection.peer());
        return connection.openedByGame() ? own + " to " + peer : peer + " to " + own;
    }

    private static String text(InetSocketAddress end) {
        return end.getAddress().getHostAddress() + ":" + end.getPort();
    }

    private static Entry ofNobody(Packet packet) {
        return switch (packet) {
            case Packet.Tcp _ -> new Entry(Fate.LEFT_OUT, "TCP of no conversation");
            case Packet.Udp udp ->
                    udp.cast() == Packet.Cast.MULTICAST
                            ? new Entry(Fate.NOISE, "multicast")
                            : new Entry(Fate.LEFT_OUT, "datagrams of no conversation");
            case Packet.Other other ->
                    new Entry(
                            switch (other.nature()) {
                                case NOISE -> Fate.NOISE;
                                case UNSUPPORTED -> Fate.LEFT_OUT;
                                case BROKEN -> Fate.INCOMPLETE;
                            },
                            other.kind());
        };
    }

    /** What is missing, and no frame shows. */
    private void gaps() {
        for (View view : views) {
            for (int number : taken.getOrDefault(view.instance().name(), Set.of())) {
                Connection connection = connection(view, number);
                for (Hole hole : connection.holes()) {
                    String place = place(view, connection, hole);
                    if (sums.keySet().stream().noneMatch(entry -> entry.what.endsWith(place))) {
                        note("the stream ends at a hole: " + place);
                    }
                }
                if (connection.beginning() != Beginning.WHOLE) {
                    note(
                            (connection.beginning() == Beginning.HALF
                                            ? "SYN or SYN-ACK missing: "
                                            : "begun before the capture: ")
                                    + ends(view, connection));
                }
            }
        }
        capture.brokenOff().ifPresent(where -> note("the file breaks off " + where));
        if (capture.dropped() > 0) {
            note("lost while capturing, says the file: %d packets".formatted(capture.dropped()));
        }
    }

    private void note(String what) {
        String text = places++ < PLACES ? what : "more of the kind";
        sums.putIfAbsent(new Entry(Fate.INCOMPLETE, text), new Sums(0, 0, 0));
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        sums.forEach((entry, sum) ->
                rows.add(new Row(entry.fate, entry.what, sum.frames, sum.bytes, sum.firstFrame)));
        rows.sort(
                Comparator.comparing(Row::fate)
                        .thenComparing(Comparator.comparingInt(Row::frames).reversed()));
        return rows;
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (capture.untimed() > 0) {
            remarks.add(
                    "%d frames are in simple packet blocks, which have no time: they have that of the frame before them"
                            .formatted(capture.untimed()));
        }
        if (capture.skippedBlocks() > 0) {
            remarks.add("%d blocks hold no frame".formatted(capture.skippedBlocks()));
        }
        return remarks;
    }
}
