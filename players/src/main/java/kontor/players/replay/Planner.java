package kontor.players.replay;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.players.capture.Connection;
import kontor.players.capture.Connection.Outcome;
import kontor.players.capture.Conversation;
import kontor.players.capture.Deed;
import kontor.players.replay.Correlation.Arrival;
import kontor.players.replay.Correlation.End;
import kontor.players.replay.Plan.Cause;
import kontor.players.replay.Plan.Link;
import kontor.players.replay.Plan.Step;
import kontor.players.replay.Plan.Way;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/** Makes a plan of what the games of a capture did. Pure. */
final class Planner {

    private final Map<InstanceName, Conversation> games;
    private final Correlation correlation;
    private final List<Link> links = new ArrayList<>();
    private final Map<End, Link> linkOf = new HashMap<>();
    private final Map<WayEnds, Way> ways = new LinkedHashMap<>();
    private final Map<Deed.Datagram, Way> wayOfArrival = new HashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    private Planner(Map<InstanceName, Conversation> games) {
        this.games = games;
        this.correlation = new Correlation(games);
    }

    static Plan plan(Map<InstanceName, Conversation> games) {
        return new Planner(games).plan();
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
                    way(name, sent)
                            .ifPresent(way ->
                                    correlation
                                            .arrival(sent)
                                            .ifPresent(a -> wayOfArrival.put(a.datagram(), way)));
                }
            }
        });
        Map<InstanceName, List<Step>> scripts = new HashMap<>();
        games.forEach((name, conversation) -> scripts.put(name, script(name, conversation)));
        return new Plan(links, List.copyOf(ways.values()), scripts, leftOut);
    }

    private void link(InstanceName opener, Connection opened) {
        End end = new End(opener, opened.number());
        Optional<End> accepted = correlation.acceptedEnd(end);
        Optional<InstanceName> target =
                accepted.map(End::game)
                        .or(() -> correlation.behind(opener, opened.peer().getAddress()));
        if (target.isEmpty() || opened.outcome() == Outcome.UNANSWERED) {
            leftOut.add(
                    "%s: connection to %s, %s"
                            .formatted(
                                    opener,
                                    opened.peer(),
                                    target.isEmpty() ? "not a mapped game" : "without answer"));
            return;
        }
        Link link =
                new Link(
                        links.size(),
                        opener,
                        target.get(),
                        opened.gamePort(),
                        opened.targetPort(),
                        opened.outcome() == Outcome.REFUSED,
                        accepted.map(a -> mustReach(a, end)).orElseGet(() -> written(end)),
                        accepted.map(a -> mustReach(end, a)).orElse(0L));
        links.add(link);
        linkOf.put(end, link);
        accepted.ifPresent(a -> linkOf.put(a, link));
    }

    /** All that the sender wrote; but no more than came before the receiver reset. */
    private long mustReach(End receiver, End sender) {
        Conversation conversation = game(receiver.game());
        Optional<Long> reset =
                conversation.own().stream()
                        .filter(deed -> deed instanceof Deed.Reset r && inside(r, receiver))
                        .map(Deed::atNanos)
                        .findFirst();
        long written = written(sender);
        return reset.map(at -> Math.min(written, arrivedBefore(conversation, receiver, at)))
                .orElse(written);
    }

    private static long arrivedBefore(Conversation conversation, End receiver, long atNanos) {
        return conversation.peers().stream()
                .filter(deed -> deed.atNanos() <= atNanos)
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

    private Optional<Way> way(InstanceName from, Deed.Datagram sent) {
        Optional<Arrival> arrival = correlation.arrival(sent);
        Optional<InstanceName> to =
                arrival.map(Arrival::game)
                        .or(() -> correlation.behind(from, sent.peer().getAddress()));
        if (to.isEmpty()) {
            return Optional.empty();
        }
        // A relay may have had a port of its own for this; where it came out, the port is right.
        int toPort =
                arrival.map(a -> a.datagram().gamePort()).orElseGet(() -> sent.peer().getPort());
        WayEnds ends = new WayEnds(from, sent.gamePort(), to.get(), toPort);
        return Optional.of(
                ways.computeIfAbsent(
                        ends, _ -> new Way(ways.size(), from, sent.gamePort(), to.get(), toPort)));
    }

    private List<Step> script(InstanceName name, Conversation conversation) {
        List<Timed> timeline = new ArrayList<>();
        conversation.own().forEach(deed -> timeline.add(new Timed(deed, true)));
        conversation.peers().forEach(deed -> timeline.add(new Timed(deed, false)));
        timeline.sort(
                Comparator.comparingLong((Timed timed) -> timed.deed.atNanos())
                        .thenComparing(timed -> timed.own));
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

    private boolean resetByOtherBefore(Link link, InstanceName name, long atNanos) {
        InstanceName other = link.other(name);
        return game(other).own().stream()
                .anyMatch(deed ->
                        deed instanceof Deed.Reset reset
                                && reset.atNanos() < atNanos
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
                    if (link == null) {
                        if (!(inside instanceof Deed.Refused)) {
                            leaveOut(deed);
                        }
                    } else {
                        inside(inside, link);
                    }
                }
                case Deed.Datagram datagram ->
                        way(name, datagram)
                                .ifPresentOrElse(
                                        way ->
                                                steps.add(
                                                        new Step.Send(
                                                                datagram.atNanos(),
                                                                takeCauses(),
                                                                way,
                                                                datagram.payload())),
                                        () -> leaveOut(deed));
            }
        }

        private void inside(Deed.InConnection deed, Link link) {
            long at = deed.atNanos();
            switch (deed) {
                case Deed.Opened _ -> steps.add(new Step.Open(at, takeCauses(), link));
                case Deed.Accepted _ -> causes.putIfAbsent(link, new Cause.Accepted(link));
                case Deed.Refused _ -> {}
                case Deed.Wrote wrote ->
                        steps.add(new Step.Write(at, takeCauses(), link, wrote.payload()));
                case Deed.Finished _ -> steps.add(new Step.Finish(at, takeCauses(), link));
                case Deed.Reset _ -> {
                    if (resetByOtherBefore(link, name, at)) {
                        causes.put(deed, new Cause.ResetArrived(link));
                    }
                    steps.add(new Step.Reset(at, takeCauses(), link));
                }
            }
        }

        private void leaveOut(Deed deed) {
            leftOut.add(
                    "%s, frame %d: no mapped game at its other end".formatted(name, deed.frame()));
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
