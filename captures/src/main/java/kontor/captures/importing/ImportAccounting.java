package kontor.captures.importing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.captures.importing.ImportAccount.Fate;
import kontor.captures.importing.ImportAccount.Row;
import kontor.captures.reading.CaptureSummary;
import kontor.captures.reading.Connection;
import kontor.captures.reading.Connection.Beginning;
import kontor.captures.reading.Connection.Hole;
import kontor.captures.reading.Frame;
import kontor.captures.reading.FrameRole;
import kontor.captures.reading.Packet;
import kontor.captures.reading.Trace;

/**
 * Accounts for every frame of a capture, packet by packet: the roles that count are those of one
 * view of each packet. What a connection lacks has its place in the account when all is known. Not
 * thread-safe.
 */
final class ImportAccounting {

    /** So many places are named; more of them share lines. */
    private static final int PLACES = 100;

    private final CaptureSummary capture;
    private final List<View> views;
    private final Map<Entry, Sums> sums = new LinkedHashMap<>();
    private final Map<Place, Sums> atPlaces = new LinkedHashMap<>();

    private int places;

    ImportAccounting(CaptureSummary capture, List<View> views) {
        this.capture = capture;
        this.views = views;
    }

    private record Entry(Fate fate, String what) {}

    /** What has its name when the connection is finished. */
    private record Place(int view, int connection, boolean byGame, FrameRole.Kind kind) {}

    private static final class Sums {
        int frames;
        long bytes;
        int firstFrame;

        void add(List<Integer> numbers, int more) {
            for (int number : numbers) {
                firstFrame = frames == 0 ? number : Math.min(firstFrame, number);
                frames++;
            }
            bytes += more;
        }

        void add(Sums other) {
            firstFrame = frames == 0 ? other.firstFrame : Math.min(firstFrame, other.firstFrame);
            frames += other.frames;
            bytes += other.bytes;
        }
    }

    /** Takes a packet of which no view says anything. */
    void onNobodys(Packet packet) {
        List<Integer> frames = packet.frames().stream().map(Frame::number).toList();
        sum(ofNobody(packet)).add(frames, 0);
    }

    /** Takes a packet's role in a view whose word on it counts. */
    void onRole(View view, Trace packet, int connection, FrameRole.Kind kind) {
        switch (kind) {
            case DATAGRAM -> {
                if (packet.byGame() || view.whole()) {
                    add(packet, Fate.IMPORTED, "datagrams");
                }
            }
            case COPY -> add(packet, Fate.NOISE, "copy on another interface");
            case ELSEWHERE -> add(packet, Fate.LEFT_OUT, "on another interface only");
            case DATA -> inConnection(view, packet, connection, "bytes of TCP streams");
            case HANDSHAKE_OR_END ->
                    inConnection(view, packet, connection, "begins and ends of TCP connections");
            case ACKNOWLEDGEMENT -> noise(view, packet, connection, "TCP without payload");
            case AGAIN -> noise(view, packet, connection, "TCP sent again");
            case BEHIND_HOLE, CUT, CONTRADICTION -> {
                if (view.taken().contains(connection)) {
                    Place place = new Place(views.indexOf(view), connection, packet.byGame(), kind);
                    atPlaces.computeIfAbsent(place, _ -> new Sums())
                            .add(packet.frames(), packet.bytes());
                }
            }
        }
    }

    private void inConnection(View view, Trace packet, int connection, String what) {
        if (view.taken().contains(connection)) {
            add(packet, Fate.IMPORTED, what);
        }
    }

    private void noise(View view, Trace packet, int connection, String what) {
        if (view.taken().contains(connection)) {
            add(packet, Fate.NOISE, what);
        }
    }

    private void add(Trace packet, Fate fate, String what) {
        sum(new Entry(fate, what)).add(packet.frames(), packet.bytes());
    }

    private Sums sum(Entry entry) {
        return sums.computeIfAbsent(entry, _ -> new Sums());
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

    /** All packets have been read. */
    ImportAccount finish() {
        List<List<Connection>> connections =
                views.stream().map(view -> view.fold().finish()).toList();
        atPlaces.forEach((place, found) -> {
            View view = views.get(place.view);
            Connection connection = connections.get(place.view).get(place.connection);
            sum(new Entry(Fate.INCOMPLETE, what(view, connection, place))).add(found);
        });
        for (int i = 0; i < views.size(); i++) {
            gaps(views.get(i), connections.get(i));
        }
        capture.brokenOff().ifPresent(where -> note("the file breaks off " + where));
        if (capture.dropped() > 0) {
            note("lost while capturing, says the file: %d packets".formatted(capture.dropped()));
        }
        return new ImportAccount(capture.frames(), rows(), remarks());
    }

    private static String what(View view, Connection connection, Place place) {
        String hole =
                connection.holes().stream()
                        .filter(one -> one.byGame() == place.byGame)
                        .findFirst()
                        .map(one -> ": " + place(view, connection, one))
                        .orElse("");
        return switch (place.kind) {
            case CUT -> "cut by the capture, its first bytes are imported" + hole;
            case CONTRADICTION ->
                    "overlap with other bytes, the first are imported: " + view.text(connection);
            default -> "behind a hole" + hole;
        };
    }

    private static String place(View view, Connection connection, Hole hole) {
        String missing = hole.missing() == 0 ? "its end" : hole.missing() + " bytes";
        return "%s, stream of %s: %s missing at byte %d (frame %d)"
                .formatted(
                        view.text(connection),
                        hole.byGame()
                                ? view.instance().address().getHostAddress()
                                : connection.peer().getAddress().getHostAddress(),
                        missing,
                        hole.offset(),
                        hole.frame());
    }

    /** Missing data that no frame shows. */
    private void gaps(View view, List<Connection> connections) {
        for (int number : view.taken()) {
            Connection connection = connections.get(number);
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
                                + view.text(connection));
            }
        }
    }

    private void note(String what) {
        String text = places++ < PLACES ? what : "more of the kind";
        sums.putIfAbsent(new Entry(Fate.INCOMPLETE, text), new Sums());
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        sums.forEach((entry, sum) ->
                rows.add(new Row(entry.fate, entry.what, sum.frames, sum.bytes, sum.firstFrame)));
        rows.sort(
                Comparator.comparing(Row::fate)
                        .thenComparing(Comparator.comparingInt(Row::frames).reversed())
                        .thenComparingInt(Row::firstFrame));
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
