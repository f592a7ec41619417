package kontor.players.replay;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.captures.reading.Capture;
import kontor.captures.reading.Connection;
import kontor.captures.reading.Connection.Outcome;
import kontor.captures.reading.Conversation;
import kontor.captures.reading.Deed;
import kontor.captures.reading.Packets;
import kontor.lab.Lab;
import kontor.players.replay.Correlation.Arrival;
import kontor.players.replay.Correlation.End;
import kontor.players.replay.Plan.Cause;
import kontor.players.replay.Plan.Link;
import kontor.players.replay.Plan.Step;
import kontor.players.replay.Plan.Way;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/** Makes a plan of what the games of a capture did, and accounts for all else. Pure. */
final class Planner {

    private static final String NOT_MAPPED = "the other end is no mapped game";

    /** Of time; of several at the same time, that of the file. */
    private static final Comparator<Deed> IN_ORDER =
            Comparator.comparingLong(Deed::atNanos).thenComparingInt(Deed::frame);

    private final Map<InstanceName, Conversation> games;
    private final Lab lab;
    private final Correlation correlation;
    private final List<Link> links = new ArrayList<>();
    private final Map<End, Link> linkOf = new HashMap<>();
    private final Map<WayEnds, Way> ways = new LinkedHashMap<>();
    private final Map<Deed.Datagram, Way> wayOfArrival = new HashMap<>();
    private final Map<Deed.Datagram, List<Way>> waysOf = new HashMap<>();
    private final Map<End, String> notPlayed = new HashMap<>();
    private final Map<Deed.Datagram, Accountant.Entry> datagrams = new HashMap<>();

    private Planner(Map<InstanceName, Conversation> games, Lab lab) {
        this.games = games;
        this.lab = lab;
        this.correlation = new Correlation(games);
    }

    /** A plan, and what became of every frame in it. */
    record Planned(Plan plan, CaptureAccount account) {}

    static Planned plan(
            Capture capture, Packets packets, Map<InstanceName, Conversation> games, Lab lab) {
        Planner planner = new Planner(games, lab);
        Plan plan = planner.plan();
        return new Planned(plan, planner.account(capture, packets));
    }

    private CaptureAccount account(Capture capture, Packets packets) {
        return new Accountant(capture, packets, games, linkOf, notPlayed, datagrams).account();
    }

    private record WayEnds(InstanceName from, int fromPort, InstanceName to, int toPort) {}

    private Plan plan() {
        games.forEach((name, conversation) ->
                conversation.connections().stream()
                        .filter(Connection::openedByGame)
                        .forEach(connection -> link(name, connection)));
        games.forEach((name, conversation) -> {
            for (Deed deed : conversation.own()) {
                if (deed instanceof Deed.Datagram sent) {
                    ways(name, sent);
                }
            }
        });
        Map<InstanceName, List<Step>> scripts = new HashMap<>();
        games.forEach((name, conversation) -> scripts.put(name, script(name, conversation)));
        return new Plan(links, List.copyOf(ways.values()), scripts);
    }

    private void link(InstanceName opener, Connection opened) {
        End end = new End(opener, opened.number());
        Optional<End> accepted = correlation.acceptedEnd(end);
        Optional<InstanceName> target =
                accepted.map(End::game)
                        .or(() -> correlation.behind(opener, opened.peer().getAddress()));
        if (target.isEmpty() || !played(opened.outcome())) {
            notPlayed.put(
                    end,
                    switch (opened.outcome()) {
                        case UNANSWERED -> "a connection attempt without answer";
                        case ONLY_ITS_REST -> "a connection without any byte of its streams";
                        case ESTABLISHED, REFUSED -> NOT_MAPPED;
                    });
            return;
        }
        boolean refused =
                opened.outcome() == Outcome.REFUSED
                        || accepted.filter(a -> connection(a).outcome() == Outcome.REFUSED)
                                .isPresent();
        Link link =
                new Link(
                        links.size(),
                        opener,
                        target.get(),
                        opened.gamePort(),
                        opened.targetPort(),
                        refused,
                        accepted.map(a -> mustReach(a, end)).orElseGet(() -> written(end)),
                        accepted.map(a -> mustReach(end, a)).orElse(0L));
        links.add(link);
        linkOf.put(end, link);
        accepted.ifPresent(a -> linkOf.put(a, link));
    }

    private static boolean played(Outcome outcome) {
        return outcome == Outcome.ESTABLISHED || outcome == Outcome.REFUSED;
    }

    /** All that the sender wrote; but no more than came before the receiver reset. */
    private long mustReach(End receiver, End sender) {
        Conversation conversation = game(receiver.game());
        Optional<Deed> reset =
                conversation.own().stream()
                        .filter(deed -> deed instanceof Deed.Reset r && inside(r, receiver))
                        .findFirst();
        long written = written(sender);
        return reset.map(at -> Math.min(written, arrivedBefore(conversation, receiver, at)))
                .orElse(written);
    }

    private static long arrivedBefore(Conversation conversation, End receiver, Deed reset) {
        return conversation.peers().stream()
                .filter(deed -> IN_ORDER.compare(deed, reset) <= 0)
                .mapToLong(deed -> payloadLength(deed, receiver))
                .sum();
    }

    private long written(End sender) {
        return game(sender.game()).own().stream()
                .mapToLong(deed -> payloadLength(deed, sender))
                .sum();
    }

    private static long payloadLength(Deed deed, End end) {
        return deed instanceof Deed.Wrote w && inside(w, end) ? w.payload().length() : 0;
    }

    private static boolean inside(Deed.InConnection deed, End end) {
        return deed.connection() == end.connection();
    }

    /** Finds the ways of a datagram that a game sent; without any, it says why. */
    private void ways(InstanceName from, Deed.Datagram sent) {
        if (sent.broadcast()) {
            broadcastWays(from, sent);
            return;
        }
        Optional<Arrival> arrival = correlation.arrivals(sent).stream().findFirst();
        Optional<InstanceName> to =
                arrival.map(Arrival::game)
                        .or(() -> correlation.behind(from, sent.peer().getAddress()));
        if (to.isEmpty()) {
            datagrams.put(sent, Accountant.Entry.leftOut(NOT_MAPPED));
            return;
        }
        // A relay may have had a port of its own for this; where it came out, the port is right.
        int toPort =
                arrival.map(a -> a.datagram().gamePort()).orElseGet(() -> sent.peer().getPort());
        Way way = way(from, sent.gamePort(), to.get(), toPort);
        datagrams.put(sent, Accountant.Entry.played("datagrams"));
        arrival.ifPresent(a -> arrives(a, way));
        waysOf.put(sent, List.of(way));
    }

    private void broadcastWays(InstanceName from, Deed.Datagram sent) {
        int toPort = sent.peer().getPort();
        if (!lab.udpPorts().contains(toPort)) {
            datagrams.put(
                    sent,
                    Accountant.Entry.noise("broadcast to a port that the lab does not carry"));
            return;
        }
        if (lab.instance(from).broadcast().isEmpty()) {
            datagrams.put(
                    sent,
                    Accountant.Entry.leftOut("a broadcast, and the lab has no broadcast address"));
            return;
        }
        List<Way> toAll = new ArrayList<>();
        for (InstanceName to : games.keySet()) {
            if (!to.equals(from)) {
                Way way = way(from, sent.gamePort(), to, toPort);
                toAll.add(way);
                correlation.arrivals(sent).stream()
                        .filter(arrival -> arrival.game().equals(to))
                        .forEach(arrival -> arrives(arrival, way));
            }
        }
        datagrams.put(sent, Accountant.Entry.played("broadcasts"));
        waysOf.put(sent, toAll);
    }

    private Way way(InstanceName from, int fromPort, InstanceName to, int toPort) {
        return ways.computeIfAbsent(
                new WayEnds(from, fromPort, to, toPort),
                _ -> new Way(ways.size(), from, fromPort, to, toPort));
    }

    private void arrives(Arrival arrival, Way way) {
        wayOfArrival.put(arrival.datagram(), way);
        datagrams.put(arrival.datagram(), Accountant.Entry.played("datagrams received"));
    }

    private List<Step> script(InstanceName name, Conversation conversation) {
        List<Timed> timeline = new ArrayList<>();
        conversation.own().forEach(deed -> timeline.add(new Timed(deed, true)));
        conversation.peers().forEach(deed -> timeline.add(new Timed(deed, false)));
        // Stable: of one frame's deeds, the own one comes first.
        timeline.sort(Comparator.comparing(Timed::deed, IN_ORDER));
        ScriptWriter writer = new ScriptWriter(name);
        for (Timed timed : timeline) {
            if (timed.own) {
                writer.own(timed.deed);
            } else {
                writer.others(timed.deed);
            }
        }
        return writer.steps;
    }

    private record Timed(Deed deed, boolean own) {}

    private Conversation game(InstanceName name) {
        return requireNonNull(games.get(name));
    }

    private Connection connection(End end) {
        return game(end.game()).connections().get(end.connection());
    }

    private boolean resetByOtherBefore(Link link, InstanceName name, Deed before) {
        InstanceName other = link.other(name);
        return game(other).own().stream()
                .anyMatch(deed ->
                        deed instanceof Deed.Reset reset
                                && IN_ORDER.compare(reset, before) < 0
                                && link.equals(linkOf.get(new End(other, reset.connection()))));
    }

    /** Goes through what one game saw and did, in order of time. */
    private final class ScriptWriter {

        private final InstanceName name;
        private final List<Step> steps = new ArrayList<>();
        private final Map<Link, Long> arrivedBytes = new HashMap<>();
        private final Map<Way, Integer> arrivedDatagrams = new HashMap<>();
        private final Map<Object, Cause> causes = new LinkedHashMap<>();

        ScriptWriter(InstanceName name) {
            this.name = name;
        }

        void others(Deed deed) {
            switch (deed) {
                case Deed.Wrote wrote -> {
                    @Nullable Link link = link(wrote);
                    if (link != null) {
                        long arrived =
                                arrivedBytes.merge(
                                        link, (long) wrote.payload().length(), Long::sum);
                        long count = Math.min(arrived, link.mustReach(name));
                        causes.put(link, new Cause.BytesArrived(link, count));
                    }
                }
                case Deed.Datagram datagram -> {
                    @Nullable Way way = wayOfArrival.get(datagram);
                    if (way != null) {
                        int count = arrivedDatagrams.merge(way, 1, Integer::sum);
                        causes.put(way, new Cause.DatagramsArrived(way, count));
                    }
                }
                case Deed.Opened _,
                        Deed.Accepted _,
                        Deed.Refused _,
                        Deed.Finished _,
                        Deed.Reset _ -> {
                    // Nothing that a game's own steps have to wait for.
                }
            }
        }

        void own(Deed deed) {
            switch (deed) {
                case Deed.InConnection inside -> {
                    @Nullable Link link = link(inside);
                    if (link != null) {
                        inside(inside, link);
                    }
                }
                case Deed.Datagram datagram -> send(datagram);
            }
        }

        private void send(Deed.Datagram sent) {
            List<Way> to = waysOf.getOrDefault(sent, List.of());
            if (to.isEmpty()) {
                return;
            }
            long at = sent.atNanos();
            steps.add(
                    sent.broadcast()
                            ? new Step.Broadcast(
                                    at,
                                    takeCauses(),
                                    sent.gamePort(),
                                    sent.peer().getPort(),
                                    to,
                                    sent.payload())
                            : new Step.Send(at, takeCauses(), to.getFirst(), sent.payload()));
        }

        private void inside(Deed.InConnection deed, Link link) {
            long at = deed.atNanos();
            if (link.refused() && !(deed instanceof Deed.Opened)) {
                return;
            }
            switch (deed) {
                case Deed.Opened _ -> steps.add(new Step.Open(at, takeCauses(), link));
                case Deed.Accepted _ -> causes.putIfAbsent(link, new Cause.Accepted(link));
                case Deed.Refused _ -> {}
                case Deed.Wrote wrote ->
                        steps.add(new Step.Write(at, takeCauses(), link, wrote.payload()));
                case Deed.Finished _ -> steps.add(new Step.Finish(at, takeCauses(), link));
                case Deed.Reset _ -> {
                    if (resetByOtherBefore(link, name, deed)) {
                        causes.put(deed, new Cause.ResetArrived(link));
                    }
                    steps.add(new Step.Reset(at, takeCauses(), link));
                }
            }
        }

        private @Nullable Link link(Deed.InConnection deed) {
            return linkOf.get(new End(name, deed.connection()));
        }

        private List<Cause> takeCauses() {
            List<Cause> taken = List.copyOf(causes.values());
            causes.clear();
            return taken;
        }
    }
}
