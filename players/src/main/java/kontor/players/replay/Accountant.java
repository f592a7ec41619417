package kontor.players.replay;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.captures.reading.Capture;
import kontor.captures.reading.Connection;
import kontor.captures.reading.Connection.Beginning;
import kontor.captures.reading.Connection.Contradiction;
import kontor.captures.reading.Connection.Hole;
import kontor.captures.reading.Conversation;
import kontor.captures.reading.Deed;
import kontor.captures.reading.Frame;
import kontor.captures.reading.FrameRole;
import kontor.captures.reading.Packet;
import kontor.captures.reading.Packet.Cast;
import kontor.captures.reading.Packets;
import kontor.players.replay.CaptureAccount.Fate;
import kontor.players.replay.CaptureAccount.Row;
import kontor.players.replay.Correlation.End;
import kontor.players.replay.Plan.Link;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for every frame of a capture once a plan has been made of it. A frame that is in the
 * conversations of two games has the fate that comes first in {@link Fate}. Pure.
 */
final class Accountant {

    /** So many lines are listed of each fate; the ones with the fewest frames become one. */
    private static final int LISTED = 50;

    private static final String OTHER_MACHINES = "between other machines";

    private final Capture capture;
    private final Packets packets;
    private final Map<InstanceName, Conversation> games;
    private final Map<End, Link> linkOf;
    private final Map<End, String> notPlayed;
    private final Map<Deed.Datagram, Entry> datagrams;
    private final Map<Integer, Counted> fates = new HashMap<>();
    private final Map<Entry, Sums> sums = new LinkedHashMap<>();

    /**
     * @param linkOf the connections that are played
     * @param notPlayed of those that are not, why, where it is not that nobody is mapped there
     * @param datagrams of own datagrams, and of others that arrived from a mapped game
     */
    Accountant(
            Capture capture,
            Packets packets,
            Map<InstanceName, Conversation> games,
            Map<End, Link> linkOf,
            Map<End, String> notPlayed,
            Map<Deed.Datagram, Entry> datagrams) {
        this.capture = capture;
        this.packets = packets;
        this.games = games;
        this.linkOf = linkOf;
        this.notPlayed = notPlayed;
        this.datagrams = datagrams;
    }

    /** A line of the account, without its sums. */
    record Entry(Fate fate, String what, String where) {

        static Entry played(String what) {
            return new Entry(Fate.PLAYED, what, "");
        }

        static Entry leftOut(String why) {
            return new Entry(Fate.LEFT_OUT, why, "");
        }

        static Entry noise(String kind) {
            return new Entry(Fate.NOISE, kind, "");
        }

        Entry at(String place) {
            return fate == Fate.LEFT_OUT && where.isEmpty() ? new Entry(fate, what, place) : this;
        }
    }

    private record Counted(Entry entry, boolean bySender, int bytes) {}

    private record Sums(int frames, long bytes, int firstFrame) {

        static final Sums NOTHING = new Sums(0, 0, 0);

        Sums plus(int frame, int ofBytes) {
            return new Sums(frames + 1, bytes + ofBytes, frames == 0 ? frame : firstFrame);
        }
    }

    CaptureAccount account() {
        games.forEach(this::conversation);
        for (Packet packet : packets.all()) {
            Entry otherwise = ofNoGame(packet);
            for (Frame frame : packet.frames()) {
                fates.putIfAbsent(frame.number(), new Counted(otherwise, false, 0));
            }
        }
        for (Frame frame : capture.frames()) {
            Counted counted = requireNonNull(fates.get(frame.number()));
            Sums before = sums.getOrDefault(counted.entry, Sums.NOTHING);
            sums.put(counted.entry, before.plus(frame.number(), counted.bytes));
        }
        gaps();
        return new CaptureAccount(capture.frames().size(), rows(), remarks());
    }

    /** Of what no frame shows. */
    private void note(String what, String where) {
        sums.putIfAbsent(incomplete(what, where), Sums.NOTHING);
    }

    private void conversation(InstanceName name, Conversation conversation) {
        Map<Integer, Entry> ofDatagram = new HashMap<>();
        for (Deed deed : conversation.own()) {
            if (deed instanceof Deed.Datagram sent) {
                ofDatagram.put(
                        sent.frame(),
                        requireNonNull(datagrams.get(sent)).at(between(name, sent, "UDP")));
            }
        }
        for (Deed deed : conversation.peers()) {
            if (deed instanceof Deed.Datagram came) {
                Entry unknown =
                        came.broadcast()
                                ? Entry.noise("broadcast of other machines")
                                : Entry.leftOut("sent by no mapped game");
                ofDatagram.put(
                        came.frame(),
                        datagrams.getOrDefault(came, unknown).at(between(name, came, "UDP")));
            }
        }
        conversation
                .roles()
                .forEach((frame, role) -> {
                    Entry entry = entry(name, role, ofDatagram);
                    Counted counted = new Counted(entry, role.byGame(), role.bytes());
                    fates.merge(frame, counted, Accountant::first);
                });
    }

    /** Of two that are alike the sender's, who knows what it did. */
    private static Counted first(Counted one, Counted other) {
        int order = one.entry.fate.compareTo(other.entry.fate);
        return order < 0 || (order == 0 && one.bySender) ? one : other;
    }

    private static String between(InstanceName game, Deed.Datagram datagram, String protocol) {
        return "%s and %s, %s"
                .formatted(game, datagram.peer().getAddress().getHostAddress(), protocol);
    }

    private Entry entry(InstanceName name, FrameRole role, Map<Integer, Entry> ofDatagram) {
        return switch (role.kind()) {
            case DATAGRAM -> requireNonNull(ofDatagram.get(role.deedFrame()));
            case COPY -> Entry.noise("copy on another interface");
            case ELSEWHERE -> Entry.leftOut("on another interface only").at(name.value());
            case DATA,
                    HANDSHAKE_OR_END,
                    ACKNOWLEDGEMENT,
                    AGAIN,
                    BEHIND_HOLE,
                    CUT,
                    CONTRADICTION -> {
                End end = new End(name, role.connection());
                @Nullable Link link = linkOf.get(end);
                yield link == null ? notLinked(end) : inLink(end, link, role);
            }
        };
    }

    private Entry notLinked(End end) {
        Connection connection = connection(end);
        return Entry.leftOut(notPlayed.getOrDefault(end, reason(connection)))
                .at(
                        "%s and %s, TCP"
                                .formatted(
                                        end.game(),
                                        connection.peer().getAddress().getHostAddress()));
    }

    private static String reason(Connection accepted) {
        return accepted.outcome() == Connection.Outcome.ONLY_ITS_REST
                ? "a connection without any byte of its streams"
                : "the other end is no mapped game";
    }

    private Entry inLink(End end, Link link, FrameRole role) {
        return switch (role.kind()) {
            case DATA -> Entry.played("bytes of TCP streams");
            case HANDSHAKE_OR_END -> Entry.played("begins and ends of TCP connections");
            case ACKNOWLEDGEMENT -> Entry.noise("TCP without payload");
            case BEHIND_HOLE -> incomplete("behind a hole", hole(end, link, role));
            case CUT ->
                    incomplete(
                            "cut by the capture; its first bytes are played",
                            hole(end, link, role));
            case CONTRADICTION -> contradiction(end, link, role.deedFrame());
            case AGAIN, DATAGRAM, COPY, ELSEWHERE -> Entry.noise("TCP sent again");
        };
    }

    private static Entry incomplete(String what, String where) {
        return new Entry(Fate.INCOMPLETE, what, where);
    }

    /** The place of the hole that a frame is behind: it is in its sender's stream. */
    private String hole(End end, Link link, FrameRole role) {
        return connection(end).holes().stream()
                .filter(hole -> hole.byGame() == role.byGame())
                .findFirst()
                .map(hole -> place(end, link, hole))
                .orElseGet(() -> link(link));
    }

    private Entry contradiction(End end, Link link, int frame) {
        return connection(end).contradictions().stream()
                .filter(c -> c.frame() == frame)
                .findFirst()
                .map(c ->
                        incomplete(
                                "sent again with other bytes; the first are played",
                                place(end, link, c)))
                .orElseThrow();
    }

    private String place(End end, Link link, Hole hole) {
        String missing = hole.missing() == 0 ? "its end" : "%d bytes".formatted(hole.missing());
        return "%s, stream of %s: %s missing at byte %d (frame %d)"
                .formatted(
                        link(link),
                        sender(end, link, hole.byGame()),
                        missing,
                        hole.offset(),
                        hole.frame());
    }

    private String place(End end, Link link, Contradiction c) {
        return "%s, stream of %s: byte %d (frame %d, first in frame %d)"
                .formatted(
                        link(link),
                        sender(end, link, c.byGame()),
                        c.offset(),
                        c.frame(),
                        c.firstFrame());
    }

    private static InstanceName sender(End end, Link link, boolean byGame) {
        return byGame ? end.game() : link.other(end.game());
    }

    private static String link(Link link) {
        return "%s:%d to %s:%d"
                .formatted(link.opener(), link.openerPort(), link.target(), link.targetPort());
    }

    /** What is missing, and no frame shows: the holes themselves, and all else of the kind. */
    private void gaps() {
        linkOf.forEach((end, link) -> {
            Connection connection = connection(end);
            for (Hole hole : connection.holes()) {
                String place = place(end, link, hole);
                if (sums.keySet().stream().noneMatch(entry -> entry.where.equals(place))) {
                    note("the stream ends at a hole", place);
                }
            }
            if (connection.beginning() != Beginning.WHOLE) {
                String what =
                        connection.beginning() == Beginning.HALF
                                ? "SYN or SYN-ACK missing; played from its first byte"
                                : "begun before the capture; played from its first captured byte";
                note(what, link(link));
            }
        });
        capture.brokenOff().ifPresent(where -> note("the file breaks off", where));
        if (capture.dropped() > 0) {
            note("lost while capturing, says the file", capture.dropped() + " packets");
        }
    }

    private Entry ofNoGame(Packet packet) {
        return switch (packet) {
            case Packet.Tcp _ -> Entry.noise(OTHER_MACHINES);
            case Packet.Udp udp -> Entry.noise(casting(udp.cast()));
            case Packet.Other other -> {
                boolean known = other.sourceOrNull() != null;
                boolean ofGame =
                        !known || games.values().stream().anyMatch(g -> other.concerns(g.game()));
                yield switch (other.nature()) {
                    case NOISE -> Entry.noise(other.kind());
                    case UNSUPPORTED ->
                            ofGame
                                    ? Entry.leftOut(other.kind() + " is not supported")
                                            .at(ends(other))
                                    : Entry.noise(OTHER_MACHINES);
                    case BROKEN ->
                            ofGame
                                    ? incomplete(other.kind(), ends(other))
                                    : Entry.noise(OTHER_MACHINES);
                };
            }
        };
    }

    private static String casting(Cast cast) {
        return switch (cast) {
            case ONE -> OTHER_MACHINES;
            case BROADCAST -> "broadcast of other machines";
            case MULTICAST -> "multicast";
        };
    }

    private static String ends(Packet.Other other) {
        if (other.sourceOrNull() == null || other.destinationOrNull() == null) {
            return "";
        }
        return "%s to %s"
                .formatted(
                        other.sourceOrNull().getHostAddress(),
                        other.destinationOrNull().getHostAddress());
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            List<Row> of =
                    sums.entrySet().stream()
                            .filter(sum -> sum.getKey().fate == fate)
                            .map(sum ->
                                    new Row(
                                            fate,
                                            sum.getKey().what,
                                            sum.getKey().where,
                                            sum.getValue().frames,
                                            sum.getValue().bytes,
                                            sum.getValue().firstFrame))
                            .sorted(Comparator.comparingInt(Row::frames).reversed())
                            .toList();
            boolean all = of.size() <= LISTED;
            rows.addAll(all ? of : of.subList(0, LISTED - 1));
            if (!all) {
                List<Row> rest = of.subList(LISTED - 1, of.size());
                rows.add(
                        new Row(
                                fate,
                                "%d more of other kinds or at other places".formatted(rest.size()),
                                "",
                                rest.stream().mapToInt(Row::frames).sum(),
                                rest.stream().mapToLong(Row::bytes).sum(),
                                rest.getFirst().firstFrame()));
            }
        }
        return rows;
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (capture.untimed() > 0) {
            remarks.add(
                    "%d frames have no time in the file: they are played at the time of the frame"
                                    .formatted(capture.untimed())
                            + " before them");
        }
        if (capture.skippedBlocks() > 0) {
            remarks.add(
                    "%d blocks of the file hold no frame and were skipped"
                            .formatted(capture.skippedBlocks()));
        }
        return remarks;
    }

    private Conversation game(End end) {
        return requireNonNull(games.get(end.game()));
    }

    private Connection connection(End end) {
        return game(end).connections().get(end.connection());
    }
}
